"""Digests that fall due at once in the workspace of the token, on either database."""

import asyncio
import time
from datetime import timedelta
from typing import Any

from benchmarks.fanout import FLOWS, QUESTIONS
from bot.assembly.features import load_settings
from bot.cli.with_sandbox import local
from bot.config import with_values
from bot.outbox.entries import DIGESTS_LATER, OutgoingAnswer
from bot.outbox.store import tell
from bot.slack.messages import Answer, Message, Target
from bot.store.addresses import open_at
from bot.store.database import Transaction, stamp
from sandbox.clock import SandboxClock
from sandbox.slack.channels import Channel
from sandbox.slack.identity import Identity
from sandbox.world import World

PERSON, REST = "UADA", "CFIELD"
IN_A_CHANNEL = 10
LEAD = timedelta(seconds=2)
_COLUMNS = ("kind", "question", "cron", "words", "zone", "creator", "created_at", "terms")
_PUT = f"""
INSERT INTO subscriptions (workspace, channel, next_run_at, {", ".join(_COLUMNS)})
VALUES (:workspace, :channel, :due, {", ".join(f":{name}" for name in _COLUMNS)})"""
_DONE = "SELECT COUNT(*) AS count FROM jobs WHERE name = 'digest' AND state IN ('done', 'failed')"


async def ordered(url: str) -> None:
    """Let a person order one digest of each question, in a world of its own."""
    settings = with_values(load_settings(), general={"database_url": url})
    async with local(settings, SandboxClock(), identity=Identity(mark="before")) as (world, bot):
        for number in range(QUESTIONS):
            flow, days = FLOWS[number % len(FLOWS)], number // len(FLOWS) + 2
            text = f"/flow subscribe report {flow} last-{days}d monthly 1 09:00 Europe/Berlin"
            await world.slack.command(text, user=PERSON, channel=REST)
            await bot.engine.worker.settle()


async def fall_due(world: World, url: str, digests: int) -> float:
    """Spread so many over channels and let them be due; return when, on the steady clock."""
    slack, due = world.slack, world.clock.now() + LEAD
    channels = _channels(world, "CFAN", digests)
    database = await open_at(url)
    try:
        kinds = await database.fetch_all("SELECT * FROM subscriptions ORDER BY id")
        wanted = {"workspace": slack.team_id, "due": stamp(due)}
        rows = [
            {**kinds[number % len(kinds)], **wanted, "channel": channels[number // IN_A_CHANNEL]}
            for number in range(digests)
        ]
        await database.transaction(lambda tx: _spread(tx, rows))
    finally:
        await database.close()
    left = (due - world.clock.now()).total_seconds()
    await asyncio.sleep(left)
    return time.monotonic()


async def wait_to_be_sent(world: World, url: str, digests: int) -> None:
    """Put so many digests into the outbox, as if they had been worked out."""
    channels, now = _channels(world, "CWAIT", digests), world.clock.now()

    def write(tx: Transaction) -> None:
        for number in range(digests):
            answer = Answer(Message(f"Digest {number}"))
            target = Target(channels[number // IN_A_CHANNEL])
            key = f"waiting:{number}"
            tell(tx, OutgoingAnswer(key, target, answer, priority=DIGESTS_LATER), now=now)

    database = await open_at(url)
    try:
        await database.of(world.slack.team_id).transaction(write)
    finally:
        await database.close()


def _channels(world: World, stem: str, digests: int) -> list[str]:
    """Return new channels that have room for so many digests."""
    channels = [f"{stem}{number:04}" for number in range(-(-digests // IN_A_CHANNEL))]
    members = (PERSON, world.slack.bot_user_id)
    world.slack.admin.add(*(Channel(each, each.lower(), members) for each in channels))
    return channels


def _spread(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    tx.execute("DELETE FROM subscriptions")
    for row in rows:
        tx.execute(_PUT, {name: row[name] for name in ("workspace", "channel", "due", *_COLUMNS)})


async def worked_out(url: str, digests: int, *, longest: float) -> float:
    """Return when the job of the last of so many digests was over, on the steady clock."""
    database = await open_at(url)
    try:
        async with asyncio.timeout(longest):
            while True:
                row = await database.fetch_one(_DONE)
                if row and row["count"] >= digests:
                    return time.monotonic()
                await asyncio.sleep(0.1)
    finally:
        await database.close()
