"""Reading /flow-export, and periods in parts. Pure, no I/O and no clock."""
