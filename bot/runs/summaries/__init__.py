"""The history of runs as one answer, for people and digests."""
