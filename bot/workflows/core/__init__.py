"""Reading /flow-export, and intervals. Pure, no I/O and no clock."""
