"""The conversation with Flowbot in its agent view."""
