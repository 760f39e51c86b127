"""Getting payloads to the app: signed HTTP requests, or Socket Mode envelopes."""
