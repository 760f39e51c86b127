"""What is written in canvases, and what is said of it in Slack."""
