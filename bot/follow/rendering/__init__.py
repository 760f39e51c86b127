"""What somebody follows, as messages."""
