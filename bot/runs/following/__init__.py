"""What becomes of runs: looked at again and again, and told where it matters."""
