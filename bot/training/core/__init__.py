"""Reading /flow-report, and sums over assignments. Pure, no I/O and no clock."""
