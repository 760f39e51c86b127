"""What is said outside of commands, as blocks. Pure."""
