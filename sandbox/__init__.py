"""A local Slack and local vendors: what `make run`, the tests and the benchmarks talk to."""
