"""Training reports, names and assignments as messages and forms. Pure values to Block Kit."""
