"""The app's own steps of workflows: what was declared, and what became of each execution."""
