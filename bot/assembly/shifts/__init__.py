"""Which workspaces a process works on, and what there is to do in each."""
