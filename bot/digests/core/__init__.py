"""Reading /flow and schedules, and when a digest is due. Pure, no I/O and no clock."""
