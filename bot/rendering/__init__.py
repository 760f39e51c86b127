"""Values in, Slack's JSON out. Pure: no I/O, no clock, and no vendor text outside plain text."""
