"""What is said of a trouble, and the windows that mend it."""
