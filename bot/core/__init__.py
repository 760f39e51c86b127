"""Pure decisions: no I/O and no clock. The present moment is always a parameter."""
