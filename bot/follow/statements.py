"""The SQL of what people follow, that of one workspace."""

from typing import Final

DATES: Final = (
    "followers WHERE followers.workspace = mine.workspace AND next_at <= :now",
    "followers WHERE followers.workspace = mine.workspace AND look_at <= :now",
)
"""What follows FROM, for whoever looks at the people of several workspaces (`mine`) at once."""

OF_PERSON = """
SELECT * FROM follows WHERE workspace = :workspace AND person = :person ORDER BY id"""

OF_QUESTION = """
SELECT * FROM follows
WHERE workspace = :workspace AND asked = :asked AND at_once = 1 ORDER BY person, id"""

IS_FOLLOWED = """
SELECT 1 AS found FROM follows WHERE workspace = :workspace AND asked = :asked LIMIT 1"""

FOLLOWER = "SELECT * FROM followers WHERE workspace = :workspace AND person = :person"

DUE = """
SELECT * FROM followers WHERE workspace = :workspace AND next_at <= :now
ORDER BY next_at, person LIMIT :limit"""

LOOKED_AT = """
SELECT * FROM followers WHERE workspace = :workspace AND look_at <= :now
ORDER BY look_at, person LIMIT :limit"""

ALL = "SELECT * FROM followers WHERE workspace = :workspace ORDER BY person"

NEWEST = "SELECT MAX(noted_at) AS at FROM followers WHERE workspace = :workspace"

PUT_FOLLOWER = """
INSERT INTO followers (workspace, person, zone, at, days, says_nothing, rests_until, next_at,
  look_at, alarms, alarms_on, refused, noted_at)
VALUES (:workspace, :person, :zone, :at, :days, :says_nothing, :rests_until, :next_at,
  :look_at, :alarms, :alarms_on, :refused, :now)
ON CONFLICT (workspace, person) DO UPDATE SET zone = excluded.zone, at = excluded.at,
  days = excluded.days, says_nothing = excluded.says_nothing, rests_until = excluded.rests_until,
  next_at = excluded.next_at, look_at = excluded.look_at, alarms = excluded.alarms,
  alarms_on = excluded.alarms_on, refused = excluded.refused, noted_at = excluded.noted_at"""

# Each writes only what it changes: what somebody changed may be written down at the same time.
PLAN = """
UPDATE followers SET zone = :zone, next_at = :next_at, look_at = :look_at
WHERE workspace = :workspace AND person = :person"""

ALARMED = """
UPDATE followers SET alarms = :alarms, alarms_on = :alarms_on
WHERE workspace = :workspace AND person = :person"""

REFUSE = """
UPDATE followers SET refused = :refused WHERE workspace = :workspace AND person = :person"""

ADD = """
INSERT INTO follows (workspace, person, kind, question, measure, digest, asked, zone, at_once,
  created_at, told, told_at, trouble)
VALUES (:workspace, :person, :kind, :question, :measure, :digest, :asked, :zone, :at_once,
  :created_at, :told, :told_at, :trouble)
ON CONFLICT (workspace, person, asked, measure, digest) DO NOTHING RETURNING id"""

CHANGE = """
UPDATE follows SET measure = :measure, at_once = :at_once
WHERE workspace = :workspace AND id = :id AND person = :person"""

TOLD = """
UPDATE follows SET told = :told, told_at = :now, trouble = ''
WHERE workspace = :workspace AND id = :id"""

TROUBLED = "UPDATE follows SET trouble = :trouble WHERE workspace = :workspace AND id = :id"

ASKED_ANEW = """
UPDATE follows SET kind = :kind, question = :question, asked = :asked, zone = :zone,
  told = '{}', told_at = NULL
WHERE workspace = :workspace AND id = :id"""

UNFOLLOW = "DELETE FROM follows WHERE workspace = :workspace AND person = :person AND id = :id"

FORGET_FOLLOWS = "DELETE FROM follows WHERE workspace = :workspace AND person = :person"

FORGET_FOLLOWER = "DELETE FROM followers WHERE workspace = :workspace AND person = :person"
