"""What one person follows: figures of several channels, told when they move."""
