"""The table of what people agreed to."""

from typing import Final

# Who may be found by the e-mail address that services have: no address is kept. `state` is asked,
# agreed, declined or stopped; `told_at` is when somebody was asked.
CONSENTS: Final = (
    """
CREATE TABLE consents (
  workspace TEXT NOT NULL DEFAULT '',
  user_id TEXT NOT NULL,
  state TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  told_at TEXT,
  PRIMARY KEY (workspace, user_id)
)""",
)
