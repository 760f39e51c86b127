"""Reading /flow-events, attendance and surveys. Pure, no I/O and no clock."""
