"""What stands on a scoreboard and what is typed about it. Pure."""
