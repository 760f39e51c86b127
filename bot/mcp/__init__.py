"""Other assistants ask Flowbot: its answers as tools, over MCP."""
