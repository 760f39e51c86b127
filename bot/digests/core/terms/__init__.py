"""The terms of a digest: read, decided on, and as they stand in its form."""
