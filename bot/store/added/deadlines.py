"""Until when the questions of a flow shall be answered, and what happens then."""

from typing import Final

# `flow_id` is empty for all flows that have none of their own. `then_user` is asked too once the
# `seconds` are over, and `at_end` says what comes after as many again. A question's `due_at` is
# when something happens next.
DEADLINES: Final = (
    """
CREATE TABLE deadlines (
  workspace TEXT NOT NULL DEFAULT '',
  flow_id TEXT NOT NULL,
  flow_name TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  then_user TEXT NOT NULL,
  at_end TEXT NOT NULL,
  creator TEXT NOT NULL,
  creator_name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (workspace, flow_id)
)""",
    "ALTER TABLE questions ADD COLUMN due_at TEXT",
)
