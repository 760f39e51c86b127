"""Smart Flows over HTTP: its calls, and its answers read into the model."""
