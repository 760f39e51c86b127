"""Where it is kept who did what."""
