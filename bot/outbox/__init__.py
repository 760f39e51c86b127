"""What is to be told, and whether it was: one row a message, sent at Slack's pace, each once."""
