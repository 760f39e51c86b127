"""The statements of those who hand jobs on and take them: Postgres's alone, over all workspaces."""

from typing import Final

# Who hands on the same at the same moment passes over what the other one has.
HAND_ON: Final = """
UPDATE jobs SET handed_at =
  to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
WHERE id IN (
  SELECT id FROM jobs
  WHERE state = 'queued' AND handed_at IS NULL AND lane = %(queue)s AND run_at <= %(now)s
  ORDER BY can_wait, run_at, id LIMIT %(many)s FOR UPDATE SKIP LOCKED)
RETURNING workspace, id, handed_at, together, can_wait"""

# What PgQueuer knows the entry of a row by, as JobEntry.key makes it.
ENTRY_KEY: Final = """jobs.workspace || ' ' || CASE WHEN jobs.together = ''
  THEN jobs.id || ' ' || jobs.handed_at ELSE jobs.together END"""

LIVES: Final = """EXISTS (SELECT 1 FROM members
  WHERE members.owner = jobs.holder AND members.until > moment_in(0))"""

OF_ENTRY: Final = """jobs.workspace = :workspace AND (
  jobs.together = :together AND jobs.together <> '' AND (state = 'running' OR run_at <= :now)
  OR id = :job AND handed_at = :handed_at)"""

DEAD: Final = f"""
SELECT DISTINCT holder FROM jobs
WHERE {OF_ENTRY} AND state = 'running' AND holder <> :me AND NOT {LIVES}"""  # noqa: S608  # ours

# In the order of the ids, so that two who do this at once never wait for each other in a ring.
TAKE_AWAY: Final = """
UPDATE jobs SET state = 'queued', suspect = 1, holder = '',
  crashes = crashes + CASE WHEN suspect = 1 OR (
    SELECT COUNT(*) FROM jobs other WHERE other.state = 'running' AND other.holder = :holder) = 1
    THEN 1 ELSE 0 END,
  attempts = attempts - CASE WHEN name = ANY(:once) THEN 0 ELSE 1 END
WHERE id IN (SELECT id FROM jobs
    WHERE state = 'running' AND holder = :holder ORDER BY id FOR UPDATE)
  AND state = 'running' AND holder = :holder"""

TAKE: Final = f"""
UPDATE jobs SET state = 'running', attempts = attempts + 1, holder = :me
WHERE id IN (SELECT id FROM jobs WHERE {OF_ENTRY} AND state = 'queued' AND suspect = :suspect
  ORDER BY crashes, id LIMIT :most FOR UPDATE SKIP LOCKED)
RETURNING *"""  # noqa: S608  # ours

SUSPECTS: Final = """
SELECT id FROM jobs WHERE suspect = 1 AND state = 'running' AND holder = :me LIMIT 1"""

LEFT: Final = f"""
SELECT id FROM jobs
WHERE {OF_ENTRY} AND state IN ('queued', 'running') AND holder <> :me LIMIT 1"""  # noqa: S608  # ours

PUT_BACK: Final = """
UPDATE jobs SET state = 'queued', holder = '', handed_at = NULL,
  attempts = attempts - CASE WHEN name = ANY(:once) THEN 0 ELSE 1 END
WHERE state = 'running' AND holder = :me AND NOT id = ANY(:here)"""

HAS_NO_ENTRY: Final = f"""NOT EXISTS (SELECT 1 FROM pgqueuer entry
  WHERE entry.dedupe_key = {ENTRY_KEY} AND entry.status IN ('queued', 'picked'))"""  # noqa: S608  # ours

LEFT_RUNNING: Final = f"""
SELECT DISTINCT holder, workspace FROM jobs
WHERE state = 'running' AND lane = :queue AND (handed_at IS NULL OR {HAS_NO_ENTRY})
  AND NOT {LIVES}"""  # noqa: S608  # ours

LEFT_QUEUED: Final = f"""
UPDATE jobs SET handed_at = NULL
WHERE state = 'queued' AND lane = :queue AND handed_at < moment_in(:since) AND {HAS_NO_ENTRY}"""  # noqa: S608  # ours

LOCK: Final = "SELECT pg_advisory_lock(hashtext('flowbot'), hashtext('pgqueuer'))"
PRUNE: Final = (
    "DELETE FROM pgqueuer_log WHERE created < now() - interval '1 day'",
    "DELETE FROM pgqueuer_statistics WHERE created < now() - interval '30 days'",
)
