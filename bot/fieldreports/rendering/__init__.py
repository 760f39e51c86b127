"""Figures of field reports as messages, charts, pictures and forms. Pure values to Block Kit."""
