"""What is typed about the rules, and what a change does to them. Pure."""
