"""What an agent's conversation is about: pure decisions."""
