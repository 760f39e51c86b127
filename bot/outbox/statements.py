"""The SQL of the outbox: of one workspace, and of one queue where it says so."""

from bot.store.leases import HELD, NOT_LOST

INSERT = """
INSERT INTO ledger (workspace, key, lane, kind, priority, channel, target, payload, question,
  parent_key, subscription_id, next_try_at, created_at, request_id)
VALUES (:workspace, :key, :queue, :kind, :priority, :channel, :target, :payload, :question,
  :parent_key, :subscription_id, :now, :now, :request_id)
ON CONFLICT (workspace, key) DO NOTHING"""

OF_KEY = "WHERE workspace = :workspace AND key = :key"

OF_ID = "WHERE workspace = :workspace AND id = :id"

BY_KEY = f"SELECT * FROM ledger {OF_KEY}"  # noqa: S608  # no value is put in

REWORD = f"UPDATE ledger SET payload = :payload {OF_ID}"  # noqa: S608  # likewise

# Of each conversation only the first in line, so that one with a long queue holds up no other; and
# without the payload, which is read when a row is claimed.
DUE = """
SELECT id, kind, channel, priority FROM (
  SELECT entry.id, entry.kind, entry.channel, entry.priority, ROW_NUMBER() OVER (
    PARTITION BY entry.kind, entry.channel ORDER BY entry.priority, entry.id) AS place_in_line
  FROM ledger entry LEFT JOIN ledger parent
    ON parent.workspace = :workspace AND parent.key = entry.parent_key
  WHERE entry.workspace = :workspace AND entry.state IN ('queued', 'retry')
    AND entry.lane = :queue
    AND entry.next_try_at <= :now AND entry.priority <= :least
    AND (entry.parent_key IS NULL OR parent.state IN ('sent', 'in_doubt'))) AS waiting
WHERE place_in_line = 1 ORDER BY priority, id LIMIT :limit"""

IS_HELD = f"SELECT :workspace AS workspace WHERE {HELD}"  # no value is put in

CLAIM = f"""
UPDATE ledger SET state = 'sending', claimed_at = :now, claim = :claim, attempts = attempts + 1
{OF_ID} AND state IN ('queued', 'retry') AND {HELD} RETURNING *"""  # noqa: S608  # likewise

CLAIMED = f"{OF_ID} AND state = 'sending' AND claim = :claim"

RENEW_CLAIM = f"UPDATE ledger SET claimed_at = :now {CLAIMED} AND {HELD}"  # noqa: S608  # likewise

REWORD_CLAIMED = f"UPDATE ledger SET payload = :payload {CLAIMED} AND {NOT_LOST}"  # noqa: S608  # likewise

MARK = f"""
UPDATE ledger SET state = :state, error = :error, next_try_at = :next_try_at,
  payload = COALESCE(:payload, payload),
  posted_channel = COALESCE(NULLIF(:channel, ''), posted_channel),
  ts = COALESCE(NULLIF(:ts, ''), ts),
  settled_at = :settled_at, attempts = attempts - :uncounted
{CLAIMED} AND {NOT_LOST}"""  # noqa: S608  # likewise

CUT_OFF = """
SELECT * FROM ledger WHERE workspace = :workspace AND lane = :queue AND state = 'sending'
  AND (claimed_at IS NULL OR claimed_at <= :before) ORDER BY id"""

# What was claimed is not settled, or was since.
LATELY = """
SELECT * FROM (
  SELECT * FROM ledger WHERE workspace = :workspace AND settled_at IS NULL
  UNION ALL SELECT * FROM ledger WHERE workspace = :workspace AND settled_at >= :since) AS recent
WHERE lane = :queue AND claimed_at >= :since ORDER BY claimed_at"""

MOVE = (
    """
UPDATE ledger SET channel = :new, target = json_set(target, '$.channel', :new)
WHERE workspace = :workspace AND channel = :old""",
    """
UPDATE ledger SET posted_channel = :new
WHERE workspace = :workspace AND posted_channel = :old""",
)

UNSETTLED = "state IN ('queued', 'retry', 'sending', 'in_doubt')"

DOUBTS = f"""
SELECT id, payload FROM ledger WHERE workspace = :workspace AND {UNSETTLED}
  AND json_extract(payload, '$.doubted_since') IS NOT NULL"""  # noqa: S608  # no value is put in

# What one person alone was to see is not kept, nor the address that answers in their name.
BLANK = """
UPDATE ledger SET target = json_set(target, '$.response_url', ''),
  payload = CASE WHEN kind = 'message' AND CAST(json_extract(target, '$.private') AS INTEGER) = 1
    THEN '{"text": "", "blocks": []}' ELSE payload END"""

THERE = """
UPDATE ledger SET state = 'sent', error = '', settled_at = :now
WHERE workspace = :workspace AND key = :key AND state = 'in_doubt' RETURNING *"""

NOT_THERE = """
UPDATE ledger SET state = 'queued', error = '', settled_at = NULL, attempts = 0,
  next_try_at = :now, created_at = :now,
  payload = json_remove(payload, '$.unsure_since', '$.doubted_since', '$.look')
WHERE workspace = :workspace AND key = :key AND state = 'in_doubt' RETURNING *"""

CAME = """
UPDATE ledger SET state = 'sent', error = '', settled_at = :now
WHERE workspace = :workspace AND key = :key AND state IN ('failed', 'skipped') RETURNING *"""

FILES = """
SELECT * FROM ledger WHERE workspace = :workspace AND parent_key = :key AND kind = 'file'
ORDER BY id"""

COMPLETE = """
SELECT * FROM ledger WHERE workspace = :workspace AND key = :key
AND NOT EXISTS (SELECT 1 FROM ledger AS one
WHERE one.workspace = :workspace AND one.parent_key = :key
  AND one.kind = 'file' AND one.state IN ('failed', 'skipped'))"""

SKIP_FOLLOWERS = """
UPDATE ledger SET state = 'skipped', settled_at = :now
WHERE workspace = :workspace AND parent_key = :key AND state IN ('queued', 'retry')"""
