"""Reading /flow-run, and decisions about runs. Pure, no I/O and no clock."""
