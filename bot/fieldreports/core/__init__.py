"""Reading /flow-analytics, and sums over figures. Pure, no I/O and no clock."""
