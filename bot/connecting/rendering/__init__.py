"""The window of a connection, and what is shown of connections in the Home tab."""
