"""Frozen values that the rest of the program speaks in. No I/O, no JSON of any vendor."""
