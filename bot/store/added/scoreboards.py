"""The figures that channels have in their canvases."""

from typing import Final

# `canvas` is Slack's id, empty until it is known; `placed` says that the section was seen there,
# `shown` are the figures that stand there, and `written` is a mark of all that was written.
SCOREBOARDS: Final = (
    """
CREATE TABLE board_figures (
  id IDENTITY,
  workspace TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL,
  kind TEXT NOT NULL,
  question TEXT NOT NULL,
  cron TEXT NOT NULL,
  words TEXT NOT NULL,
  zone TEXT NOT NULL,
  creator TEXT NOT NULL,
  created_at TEXT NOT NULL,
  next_run_at TEXT,
  state TEXT NOT NULL DEFAULT 'active',
  last_ok_at TEXT,
  last_error TEXT NOT NULL DEFAULT '',
  failure_streak INTEGER NOT NULL DEFAULT 0,
  consent TEXT NOT NULL DEFAULT '',
  trouble_id BIGINT,
  canvas TEXT NOT NULL DEFAULT '',
  placed INTEGER NOT NULL DEFAULT 0,
  shown TEXT NOT NULL DEFAULT '{}',
  written TEXT NOT NULL DEFAULT ''
)""",
    "CREATE INDEX board_figures_due ON board_figures (workspace, next_run_at)",
    "CREATE INDEX board_figures_channel ON board_figures (workspace, channel)",
    "CREATE INDEX board_figures_owner ON board_figures (workspace, creator, channel, id)",
    """
CREATE INDEX board_figures_trouble ON board_figures (workspace, trouble_id)
WHERE trouble_id IS NOT NULL""",
)
