"""The SQL of what stands on scoreboards, of one workspace."""

from typing import Final

# What follows FROM, for whoever looks at the rows of several workspaces (`mine`) at once.
DUE_ROWS: Final = """board_figures WHERE board_figures.workspace = mine.workspace
  AND next_run_at <= :now"""

DUE: Final = """
SELECT * FROM board_figures
WHERE workspace = :workspace AND next_run_at <= :now
ORDER BY next_run_at, kind, question, id LIMIT :limit"""

PLANNED: Final = """
SELECT * FROM board_figures WHERE workspace = :workspace AND next_run_at IS NOT NULL"""

INSERT: Final = """
INSERT INTO board_figures (workspace, channel, kind, question, cron, words, zone, creator,
  created_at, next_run_at)
VALUES (:workspace, :channel, :kind, :question, :cron, :words, :zone, :creator, :created_at,
  :next_run_at)
RETURNING id"""

PUT_OFF: Final = """
UPDATE board_figures SET next_run_at = :at WHERE workspace = :workspace AND id = :id"""

WRITTEN: Final = """
UPDATE board_figures SET canvas = :canvas, placed = 1, shown = :shown, written = :written
WHERE workspace = :workspace AND id = :id"""

LOST: Final = """
UPDATE board_figures SET placed = 0, written = '' WHERE workspace = :workspace AND id = :id"""

OUTDATED: Final = """
UPDATE board_figures SET written = '' WHERE workspace = :workspace AND id = :id"""

READ: Final = """
UPDATE board_figures SET last_ok_at = :now, last_error = '', failure_streak = 0
WHERE workspace = :workspace AND id = :id"""

FAILED: Final = """
UPDATE board_figures SET last_error = :error, failure_streak = failure_streak + 1
WHERE workspace = :workspace AND id = :id RETURNING failure_streak"""

REST: Final = """
UPDATE board_figures SET state = :state, trouble_id = :trouble, last_error = :reason,
  next_run_at = NULL
WHERE workspace = :workspace AND id = :id"""

WAKE: Final = """
UPDATE board_figures SET state = 'active', trouble_id = NULL, last_error = '', failure_streak = 0,
  next_run_at = :at
WHERE workspace = :workspace AND id = :id"""

AGREE: Final = """
UPDATE board_figures SET consent = :consent
WHERE workspace = :workspace AND trouble_id = :trouble AND creator = :owner"""

HAND_OVER: Final = """
UPDATE board_figures SET creator = :heir WHERE workspace = :workspace AND id = :id"""

MOVE_ONE: Final = """
UPDATE board_figures SET channel = :channel, consent = '', canvas = '', placed = 0, written = ''
WHERE workspace = :workspace AND id = :id"""

MOVE: Final = """
UPDATE board_figures SET channel = :new WHERE workspace = :workspace AND channel = :old"""

REMOVE: Final = "DELETE FROM board_figures WHERE workspace = :workspace AND id = :id"
