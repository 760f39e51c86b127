"""Where the rules of who may do what are kept."""
