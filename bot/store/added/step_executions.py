"""Steps of Slack's workflows, as long as somebody there waits for them, and what became of them."""

from typing import Final

# `id` is Slack's, `awaits` the key of a message or what else is waited for. What was given and what
# came of it is taken away once Slack was told.
STEP_EXECUTIONS: Final = (
    """
CREATE TABLE step_executions (
  workspace TEXT NOT NULL DEFAULT '',
  id TEXT NOT NULL,
  step TEXT NOT NULL,
  user_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  inputs TEXT NOT NULL,
  state TEXT NOT NULL,
  awaits TEXT NOT NULL,
  so_far TEXT NOT NULL,
  error TEXT NOT NULL,
  deadline TEXT NOT NULL,
  created_at TEXT NOT NULL,
  ended_at TEXT,
  PRIMARY KEY (workspace, id)
)""",
    """CREATE INDEX step_executions_awaiting ON step_executions (workspace, awaits)
WHERE awaits <> ''""",
)
