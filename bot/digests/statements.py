"""The SQL of standing orders, those of one workspace."""

from typing import Final

IN_CHANNEL = """
SELECT * FROM subscriptions
WHERE workspace = :workspace AND channel IN (:channel, :direct) ORDER BY id"""

CHANNELS = """
SELECT DISTINCT channel FROM subscriptions WHERE workspace = :workspace ORDER BY channel"""

END = "DELETE FROM subscriptions WHERE workspace = :workspace AND id = :id RETURNING *"

SKIPPED = "UPDATE subscriptions SET skips_at = :at WHERE workspace = :workspace AND id = :id"

MOVE = """
UPDATE subscriptions SET channel = :new WHERE workspace = :workspace AND channel = :old"""

MOVE_ONE = """
UPDATE subscriptions SET channel = :channel, trouble_id = NULL, consent = ''
WHERE workspace = :workspace AND id = :id"""

PLANNED = """
SELECT * FROM subscriptions
WHERE workspace = :workspace AND state IN ('active', 'snoozed') AND next_run_at IS NOT NULL"""

OTHERS = """
SELECT id FROM subscriptions
WHERE workspace = :workspace AND creator = :creator AND kind = :kind AND id <> :id
  AND state = 'active' LIMIT 1"""

UPCOMING = f"{PLANNED} ORDER BY next_run_at, id LIMIT 1"

# A snoozed one keeps its next run at the first slot after the snooze, and wakes by running. The
# same question is asked of the vendor once where its digests are composed one after the other.
DUE = """
SELECT * FROM subscriptions
WHERE workspace = :workspace AND state IN ('active', 'snoozed') AND next_run_at <= :now
ORDER BY next_run_at, kind, question, id LIMIT :limit"""

# What follows FROM, for whoever looks at the digests of several workspaces (`mine`) at once.
DATES: Final = (
    "subscriptions WHERE subscriptions.workspace = mine.workspace AND next_run_at <= :now",
    "subscriptions WHERE subscriptions.workspace = mine.workspace AND skips_at <= :now",
)

AT_REST = "SELECT * FROM subscriptions WHERE workspace = :workspace AND skips_at IS NOT NULL"

RESTING = f"{AT_REST} AND skips_at <= :now ORDER BY skips_at, id LIMIT :limit"

INSERT = """
INSERT INTO subscriptions (workspace, channel, kind, question, cron, words, zone, creator,
  created_at, next_run_at, state, snoozed_until, last_ok_at, last_error, failure_streak, note,
  consent, terms, skips_at)
VALUES (:workspace, :channel, :kind, :question, :cron, :words, :zone, :creator, :created_at,
  :next_run_at, :state, :snoozed_until, :last_ok_at, :last_error, :failure_streak, :note,
  :consent, :terms, :skips_at)
RETURNING id"""

# Each writes only what it changes: how a digest went may be written down at the same time.
# On the right of what rests stands when it was planned before.
PAUSE = """
UPDATE subscriptions SET state = 'paused', snoozed_until = NULL, trouble_id = NULL,
  skips_at = COALESCE(skips_at, next_run_at)
WHERE workspace = :workspace AND id = :id"""

REST = """
UPDATE subscriptions SET state = :state, trouble_id = :trouble,
  last_error = COALESCE(NULLIF(:reason, ''), last_error),
  skips_at = COALESCE(skips_at, next_run_at)
WHERE workspace = :workspace AND id = :id"""

AGREE = """
UPDATE subscriptions SET consent = :consent
WHERE workspace = :workspace AND trouble_id = :trouble AND creator = :owner"""

PUT_OFF = """
UPDATE subscriptions SET next_run_at = :next_run_at, state = :state, snoozed_until = :snoozed_until,
  trouble_id = NULL,
  skips_at = CASE WHEN :state = 'snoozed' THEN COALESCE(skips_at, next_run_at) ELSE :skips_at END
WHERE workspace = :workspace AND id = :id"""

RENEW = """
UPDATE subscriptions SET next_run_at = :next_run_at, state = :state, snoozed_until = :snoozed_until,
  cron = :cron, words = :words, note = :note, consent = :consent, terms = :terms,
  last_error = '', failure_streak = 0, skips_at = :skips_at, trouble_id = NULL
WHERE workspace = :workspace AND id = :id"""

RESCHEDULE = """
UPDATE subscriptions SET next_run_at = :next_run_at, cron = :cron, words = :words, zone = :zone,
  skips_at = CASE WHEN state = 'active' THEN :skips_at WHEN skips_at IS NOT NULL THEN :now END
WHERE workspace = :workspace AND id = :id"""

HAND_OVER = """
UPDATE subscriptions SET creator = :creator, channel = :channel
WHERE workspace = :workspace AND id = :id"""

RELEASE = """
UPDATE subscriptions SET state = 'active', trouble_id = NULL, last_error = '', skips_at = NULL
WHERE workspace = :workspace AND id = :id AND trouble_id IS NOT NULL
  AND (channel <> :channel OR question <> :question OR cron <> :cron OR zone <> :zone)
RETURNING id"""

EDIT = """
UPDATE subscriptions SET channel = :channel, kind = :kind, question = :question, cron = :cron,
  words = :words, zone = :zone, note = :note, consent = :consent, terms = :terms,
  next_run_at = :next_run_at,
  skips_at = CASE WHEN state = 'active' THEN :skips_at WHEN skips_at IS NOT NULL THEN :now END
WHERE workspace = :workspace AND id = :id"""

KEEP = """
INSERT INTO past_digests (workspace, id, ended_at, digest)
VALUES (:workspace, :id, :now, :digest)
ON CONFLICT (workspace, id) DO UPDATE SET ended_at = excluded.ended_at, digest = excluded.digest"""

SILENCE = """
UPDATE ledger SET state = 'skipped'
WHERE workspace = :workspace AND subscription_id = :id AND state IN ('queued', 'retry')"""

SUCCEEDED = """
UPDATE subscriptions SET last_ok_at = :now, last_error = '', failure_streak = 0
WHERE workspace = :workspace AND id = :id RETURNING failure_streak"""

FAILED = """
UPDATE subscriptions SET last_error = :error, failure_streak = failure_streak + 1
WHERE workspace = :workspace AND id = :id RETURNING failure_streak"""
