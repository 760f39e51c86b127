"""What people and assistants see: answers for who called a tool, and tokens in the Home tab."""
