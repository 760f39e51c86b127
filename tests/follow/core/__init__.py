"""Pure decisions about it."""
