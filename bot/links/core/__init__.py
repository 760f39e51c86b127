"""Which address means which thing. Pure."""
