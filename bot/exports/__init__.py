"""Turning rows into files: pure, or streaming, and never a formula from somebody else's text."""
