"""What rooms of vendors declare for surfaces, which do not know the rooms."""
