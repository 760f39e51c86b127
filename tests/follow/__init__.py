"""What one person follows."""
