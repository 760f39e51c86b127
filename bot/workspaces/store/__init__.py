"""The rows of installed workspaces, of those about to install, and of those that leave."""
