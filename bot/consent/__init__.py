"""Who agreed to be known by their e-mail address in services."""
