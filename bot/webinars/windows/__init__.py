"""Forms about webinars, and what they change in FLOW."""
