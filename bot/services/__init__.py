"""Use cases: each job of Flowbot's, from a question to an answer in the ledger."""
