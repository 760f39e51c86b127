"""The step that keeps with jobs and messages which request they come of, for the log."""

from typing import Final

REQUEST_IDS: Final = (
    "ALTER TABLE jobs ADD COLUMN request_id TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE ledger ADD COLUMN request_id TEXT NOT NULL DEFAULT ''",
)
