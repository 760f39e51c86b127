"""The tools: which there are, how a call becomes what is wanted, and an answer what is said."""
