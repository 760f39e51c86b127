"""How digests stand, for the Home tab."""
