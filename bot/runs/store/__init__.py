"""The tables of runs: executions, cards, questions, starts, watches, and the flows last seen."""
