"""Where Slack comes in: over HTTP, and over Socket Mode."""
