"""Slack's words: Block Kit within its limits, charts, tables, inputs, ids. Pure, no I/O."""
