"""What rooms say of the links that lead to their things."""
