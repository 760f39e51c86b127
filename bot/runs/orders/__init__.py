"""What people order of runs: start, show, cancel, answer, fetch documents."""
