"""What became of what was promised: counted in the local Slack, at the vendor and in the rows."""

import sqlite3
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.crowd import FLOW, Crowd, Promise
from bot.runs.core.command import StartFlow
from sandbox.slack import Message
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.flows import BOT
from sandbox.world import World

APOLOGIES = (
    "could not be posted",
    "could not be sent",
    "Something went wrong",
    "Slack refused this",
    "isn't responding",
    "took too long",
)
UNCERTAIN = "confirm that"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Figures of one scenario; see benchmarks.crash."""

    kills: int
    promises: int
    messages: int
    lost: int
    doubled: int
    runs_doubled: int
    false_apologies: int
    uncertain: int
    rows: int


def verdict(world: World, database: Path, crowd: Crowd, *, kills: int) -> Verdict:
    """Return what came of a crowd's promises."""
    promised = [_with_card(database, each) for each in crowd.promises]
    said = [one for many in world.slack.workspace.messages.values() for one in many]
    ours = [one for one in said if one.user == world.slack.bot_user_id]
    times = Counter(key for one in ours if (key := _key(one)))
    parents = {_key(one): one.ts for one in ours if _key(one)}
    files = Counter(one.thread_ts for one in ours if one.files)
    with_files = [parents[each.key] for each in promised if each.file and each.key in parents]
    for each in promised:
        if not times[each.key]:
            print("lost:", each, _fate(database, each.key), file=sys.stderr)
    uncertain = sum(UNCERTAIN in one.text for one in ours)
    return Verdict(
        kills=kills,
        promises=len(crowd.promises) + sum(each.file for each in crowd.promises),
        messages=len(ours),
        lost=sum(times[each.key] == 0 for each in promised)
        - uncertain
        + sum(files[ts] == 0 for ts in with_files),
        doubled=sum(count - 1 for count in times.values())
        + sum(max(0, files[ts] - 1) for ts in with_files),
        runs_doubled=max(0, _launched(world) - _accepted(database)),
        false_apologies=sum(any(words in one.text for words in APOLOGIES) for one in ours),
        uncertain=uncertain,
        rows=crowd.open_rows(),
    )


def _with_card(database: Path, promise: Promise) -> Promise:
    """Return a promise with the key of its run's card, which nobody knows before it is started."""
    if not promise.run:
        return promise
    with closing(sqlite3.connect(database)) as rows:
        sql = "SELECT execution_id FROM starts WHERE key = ? AND execution_id <> ''"
        row = rows.execute(sql, (promise.key.removeprefix("answer:"),)).fetchone()
    return replace(promise, key=f"card:{row[0]}") if row else promise


def _fate(database: Path, key: str) -> list[tuple[str, ...]]:
    """Return what the rows say of a promise."""
    with closing(sqlite3.connect(database)) as rows:
        jobs = "SELECT name, state, attempts, error FROM jobs WHERE key = :job"
        told = "SELECT kind, state, attempts, error FROM ledger WHERE key = :key"
        found = rows.execute(jobs, {"job": key.removeprefix("answer:")}).fetchall()
        return found + rows.execute(told, {"key": key}).fetchall()


def _key(message: Message) -> str:
    payload = (message.metadata or {}).get("event_payload") or {}
    return str(payload.get("key", ""))


def _launched(world: World) -> int:
    flows = world.vendors.of(SmartFlowsVendor).engine.index.by_flow
    return sum(run.user is BOT for run in flows[FLOW.id].values())


def _accepted(database: Path) -> int:
    """Return how many starts of a run were accepted, acknowledged or not."""
    with closing(sqlite3.connect(database)) as rows:
        sql = "SELECT COUNT(*) FROM jobs WHERE name = ?"
        return int(rows.execute(sql, (StartFlow.job,)).fetchone()[0])
