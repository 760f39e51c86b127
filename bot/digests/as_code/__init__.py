"""A channel's standing orders as text: written, read with line and column, compared, applied."""
