"""The command line: composing the parts and running them."""
