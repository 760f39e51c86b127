"""What was found, as a page for admins of a workspace."""
