"""What became of each digest: noted as it happens, and told to people who ask."""
