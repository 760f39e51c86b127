"""SaferMe over HTTP: its session, its calls, and its answers read into the model."""
