"""What an agent's conversation looks like: pure."""
