"""What is said around a digest, and the lists and forms of digests. Pure values to Block Kit."""
