"""The optional model: it may turn a sentence into a line that is shown, and nothing else."""
