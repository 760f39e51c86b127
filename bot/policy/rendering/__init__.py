"""The rules in words. Pure."""
