"""What was sent last, for people who look for it."""
