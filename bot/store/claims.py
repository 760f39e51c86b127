"""Each claim of a message has a mark of its own, so that one cannot be taken for another."""

from typing import Final

CLAIMS: Final = ("ALTER TABLE ledger ADD COLUMN claim TEXT NOT NULL DEFAULT ''",)
