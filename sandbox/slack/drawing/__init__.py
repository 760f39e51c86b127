"""Messages drawn in characters, for the terminal and for reading what a test produced."""
