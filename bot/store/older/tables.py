"""The SQL of the schema's steps: tables, indexes and what moves old rows.

A text that a released step uses is never edited.
"""

ID = "id INTEGER PRIMARY KEY"
FORGOTTEN = (
    """
UPDATE jobs SET arguments = json_remove(arguments, '$.details', '$.response_url')
WHERE state IN ('done', 'failed') AND json_valid(arguments)""",
    """
UPDATE ledger SET target = json_set(target, '$.response_url', ''),
  payload = CASE WHEN kind = 'message' AND json_extract(target, '$.private')
    THEN '{"text": "", "blocks": []}' ELSE payload END
WHERE state IN ('sent', 'failed', 'skipped') AND json_valid(target)""",
)

JOBS = """
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  lane TEXT NOT NULL,
  name TEXT NOT NULL,
  arguments TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'queued',
  attempts INTEGER NOT NULL DEFAULT 0,
  run_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  finished_at TEXT,
  error TEXT NOT NULL DEFAULT ''
)"""

# The outbox, by its older name; `lane` names the queue of a job or a message.
LEDGER = """
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  lane TEXT NOT NULL,
  kind TEXT NOT NULL,
  priority INTEGER NOT NULL,
  channel TEXT NOT NULL,
  target TEXT NOT NULL,
  payload TEXT NOT NULL,
  question TEXT NOT NULL DEFAULT '',
  parent_key TEXT,
  subscription_id INTEGER,
  state TEXT NOT NULL DEFAULT 'queued',
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  claimed_at TEXT,
  settled_at TEXT,
  posted_channel TEXT,
  ts TEXT,
  error TEXT NOT NULL DEFAULT ''
)"""

SUBSCRIPTIONS = """
CREATE TABLE subscriptions (
  id INTEGER PRIMARY KEY,
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
  snoozed_until TEXT,
  last_ok_at TEXT,
  last_error TEXT NOT NULL DEFAULT '',
  failure_streak INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT ''
)"""

ALIASES = """
CREATE TABLE aliases (
  kind TEXT NOT NULL,
  name_key TEXT NOT NULL,
  name TEXT NOT NULL,
  target_id TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (kind, name_key)
)"""

SNAPSHOTS = """
CREATE TABLE snapshots (
  key TEXT PRIMARY KEY,
  taken_at TEXT NOT NULL,
  data TEXT NOT NULL
)"""

INDEXES = (
    "CREATE INDEX jobs_due ON jobs (state, lane, run_at)",
    "CREATE INDEX jobs_finished ON jobs (finished_at)",
    "CREATE INDEX ledger_due ON ledger (state, lane, next_try_at)",
    "CREATE INDEX ledger_posted ON ledger (posted_channel, ts)",
    "CREATE INDEX ledger_settled ON ledger (settled_at)",
    "CREATE INDEX ledger_subscription ON ledger (subscription_id, id)",
    "CREATE INDEX subscriptions_due ON subscriptions (next_run_at)",
    "CREATE INDEX subscriptions_channel ON subscriptions (channel)",
)

SMART_FLOWS = (
    """
CREATE TABLE flows (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  input TEXT NOT NULL,
  input_name TEXT NOT NULL
)""",
    """
CREATE TABLE starts (
  key TEXT PRIMARY KEY,
  flow_id TEXT NOT NULL,
  began_at TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  execution_id TEXT NOT NULL DEFAULT ''
)""",
    """
CREATE TABLE executions (
  id TEXT PRIMARY KEY,
  flow_id TEXT NOT NULL,
  flow_name TEXT NOT NULL,
  status TEXT NOT NULL,
  percentage INTEGER,
  message TEXT NOT NULL,
  created_at TEXT,
  modified_at TEXT,
  seen_at TEXT NOT NULL,
  ended_at TEXT,
  seconds REAL,
  stuck_told INTEGER NOT NULL DEFAULT 0,
  gone INTEGER NOT NULL DEFAULT 0,
  alive INTEGER NOT NULL,
  round INTEGER NOT NULL DEFAULT 0
)""",
    """
CREATE TABLE cards (
  execution_id TEXT PRIMARY KEY,
  ledger_key TEXT NOT NULL,
  channel TEXT NOT NULL,
  user TEXT NOT NULL,
  user_name TEXT NOT NULL,
  followers TEXT NOT NULL DEFAULT '[]',
  living INTEGER NOT NULL DEFAULT 1,
  shown TEXT NOT NULL DEFAULT '',
  shown_at TEXT,
  next_edit_at TEXT NOT NULL,
  created_at TEXT NOT NULL
)""",
    """
CREATE TABLE questions (
  execution_id TEXT NOT NULL,
  round INTEGER NOT NULL,
  question TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  answered_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (execution_id, round)
)""",
    """
CREATE TABLE watches (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  flow_id TEXT NOT NULL,
  flow_name TEXT NOT NULL,
  conditions TEXT NOT NULL,
  creator TEXT NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (channel, flow_id)
)""",
    """
CREATE TABLE sweep_marks (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
)""",
    "CREATE INDEX executions_alive ON executions (alive, flow_id, created_at)",
    "CREATE INDEX executions_ended ON executions (flow_id, status, ended_at)",
    "CREATE INDEX cards_due ON cards (living, next_edit_at)",
)

CRASHED_JOBS = (
    "ALTER TABLE jobs ADD COLUMN suspect INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE jobs ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX jobs_suspect ON jobs (lane, state) WHERE suspect = 1",
)

CREDENTIALS = """
CREATE TABLE credentials (
  vendor TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  access TEXT NOT NULL,
  refresh TEXT NOT NULL,
  expires_at TEXT,
  kept_at TEXT NOT NULL
)"""

# The key is that of the digest's job and message. A digest's own key ends in its planned time; one
# that was sent by hand was planned for the moment at which that was wanted.
DIGEST_RUNS = (
    """
CREATE TABLE digest_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  subscription_id INTEGER NOT NULL,
  cause TEXT NOT NULL,
  planned_at TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  asked_by TEXT NOT NULL DEFAULT '',
  noted_at TEXT NOT NULL,
  told_at TEXT,
  channel TEXT NOT NULL DEFAULT '',
  ts TEXT NOT NULL DEFAULT '',
  remembered TEXT NOT NULL DEFAULT ''
)""",
    "CREATE INDEX digest_runs_of ON digest_runs (subscription_id, planned_at)",
    "CREATE INDEX digest_runs_noted ON digest_runs (noted_at)",
    """
INSERT INTO digest_runs (key, subscription_id, cause, planned_at, state, noted_at, told_at, channel,
  ts)
SELECT key, subscription_id,
  CASE WHEN key LIKE 'digest:now:%' THEN 'now' ELSE 'planned' END,
  CASE WHEN key LIKE 'digest:now:%' OR key NOT LIKE '%Z' THEN created_at
    ELSE substr(key, -17, 16) || ':00.000000+00:00' END,
  CASE WHEN state IN ('sent', 'failed', 'in_doubt') THEN state
    WHEN state = 'skipped' THEN 'removed' ELSE 'telling' END,
  COALESCE(settled_at, created_at),
  CASE WHEN state = 'sent' THEN settled_at END,
  COALESCE(posted_channel, ''), COALESCE(ts, '')
FROM ledger WHERE subscription_id IS NOT NULL AND parent_key IS NULL ORDER BY id""",
    """
INSERT INTO digest_runs (key, subscription_id, cause, planned_at, state, noted_at)
SELECT key, json_extract(arguments, '$.subscription'),
  CASE WHEN json_extract(arguments, '$.planned') IS NULL THEN 'now' ELSE 'planned' END,
  CASE WHEN json_extract(arguments, '$.planned') IS NULL OR key NOT LIKE '%Z' THEN created_at
    ELSE substr(key, -17, 16) || ':00.000000+00:00' END,
  'making', created_at
FROM jobs WHERE name = 'digest' AND state IN ('queued', 'running')
  AND json_valid(arguments) AND json_extract(arguments, '$.subscription') IS NOT NULL
ON CONFLICT (key) DO NOTHING""",
    # From when on the planned times of one that rests are put on the record as not sent.
    "ALTER TABLE subscriptions ADD COLUMN skips_at TEXT",
    "UPDATE subscriptions SET skips_at = next_run_at WHERE state NOT IN ('active', 'snoozed')",
    "CREATE INDEX subscriptions_skips ON subscriptions (skips_at) WHERE skips_at IS NOT NULL",
)

JOBS_THAT_CAN_WAIT = (
    "ALTER TABLE jobs ADD COLUMN can_wait INTEGER NOT NULL DEFAULT 0",
    """
UPDATE jobs SET can_wait = 1
WHERE name = 'digest' AND state = 'queued' AND key NOT LIKE 'digest:now:%'
  AND key NOT LIKE 'digest:again:%'""",
    "DROP INDEX jobs_due",
    "CREATE INDEX jobs_due ON jobs (state, lane, can_wait, run_at)",
)

# What keeps standing orders from being told: a row for each cause until it is over. Those that
# rested already are looked at, too.
TROUBLES = (
    """
CREATE TABLE troubles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  began_at TEXT NOT NULL,
  look_at TEXT NOT NULL,
  looks INTEGER NOT NULL DEFAULT 0,
  UNIQUE (kind, subject)
)""",
    "CREATE INDEX troubles_look ON troubles (look_at)",
    "ALTER TABLE subscriptions ADD COLUMN trouble_id INTEGER",
    "ALTER TABLE watches ADD COLUMN trouble_id INTEGER",
    "CREATE INDEX subscriptions_trouble ON subscriptions (trouble_id) WHERE trouble_id IS NOT NULL",
    "CREATE INDEX watches_trouble ON watches (trouble_id) WHERE trouble_id IS NOT NULL",
    """
INSERT INTO troubles (kind, subject, began_at, look_at)
SELECT DISTINCT kind, subject, now, now FROM (
  SELECT CASE state WHEN 'shared' THEN 'shared' ELSE 'unseen' END AS kind,
    CASE WHEN channel LIKE 'D%' THEN creator ELSE channel END AS subject
  FROM subscriptions
  WHERE state = 'shared' OR (state = 'stopped' AND next_run_at IS NOT NULL)
  UNION SELECT CASE paused WHEN 'shared' THEN 'shared' ELSE 'unseen' END,
    CASE WHEN channel LIKE 'D%' THEN creator ELSE channel END
  FROM watches WHERE paused <> ''),
  (SELECT strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now') AS now)""",
    """
UPDATE subscriptions SET trouble_id = (SELECT id FROM troubles
  WHERE kind = CASE subscriptions.state WHEN 'shared' THEN 'shared' ELSE 'unseen' END
    AND subject = CASE WHEN channel LIKE 'D%' THEN creator ELSE channel END)
WHERE state = 'shared' OR (state = 'stopped' AND next_run_at IS NOT NULL)""",
    """
UPDATE watches SET trouble_id = (SELECT id FROM troubles
  WHERE kind = CASE watches.paused WHEN 'shared' THEN 'shared' ELSE 'unseen' END
    AND subject = CASE WHEN channel LIKE 'D%' THEN creator ELSE channel END)
WHERE paused <> ''""",
)

# What is known of each person's Home tab: the hash of the view that was published last, and since
# when they have seen the tour.
HOME_VIEWS = (
    """
CREATE TABLE home_views (
  person TEXT PRIMARY KEY,
  hash TEXT NOT NULL DEFAULT '',
  opened_at TEXT NOT NULL,
  toured_at TEXT
)""",
    "CREATE INDEX subscriptions_owner ON subscriptions (creator, channel, id)",
)

# When each service gave its last good answer, and what went wrong since, in words.
SERVICE_HEALTH = """
CREATE TABLE service_health (
  service TEXT PRIMARY KEY,
  answered_at TEXT,
  failed_at TEXT,
  trouble TEXT NOT NULL DEFAULT ''
)"""

RECENT_FILES = """
CREATE INDEX ledger_files ON ledger (settled_at) WHERE kind = 'file'"""

# Digests that were stopped or have come once, as they were at the end: for their past.
PAST_DIGESTS = (
    """
CREATE TABLE past_digests (
  id INTEGER PRIMARY KEY,
  ended_at TEXT NOT NULL,
  digest TEXT NOT NULL
)""",
    "CREATE INDEX past_digests_ended ON past_digests (ended_at)",
)
