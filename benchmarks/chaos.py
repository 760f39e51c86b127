"""What is lost or doubled when workers are killed, frozen and cut off, in several workspaces.

`python -m benchmarks.chaos --seconds 60 --seed 1` prints one JSON line, and on standard error what
happens. The local Slack, with its limits, runs here; so many workers of Flowbot share one SQLite
file, or a server of their own with `--postgres`. So many digests wait in each workspace, and in
the first so many people have asked for a report. Of the messages that Slack takes, one in a hundred
gets no answer and one in a hundred a late one. Every two to six seconds a worker is killed with
SIGKILL or frozen for 22 seconds, or all connections are cut (SQLite: the file is locked for some
seconds); on Postgres the server itself is killed once.

- `lost` are promises without a message, `doubled` messages beyond the first, `unsettled` rows that
  are not at their end `--patience` seconds after the last blow;
- `takeover_seconds` is from a blow until another worker speaks, `most_a_minute` the most messages
  within a minute of a workspace, `least_gap` the least time between two of a channel;
- `fenced` is what the fences of sending stopped. `--without claim|mark|request|patience` takes one
  out, to see that it is missed, soonest with `--blows freeze --hesitant 2 --freeze 60`: what is not
  in Slack after 45 seconds is sent again; `patience` with `--blows kill --slow 0.5`.

The run of the acceptance is `--workspaces 20 --digests 500 --workers 4 --seconds 600 --postgres`.
"""

import argparse
import asyncio
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from pydantic import SecretStr

from benchmarks.machine import facts, percentile
from benchmarks.servers import Server
from benchmarks.tenants import installed
from benchmarks.unfenced import FENCES
from benchmarks.workers import Worker, Workers
from bot.jobs.outcome import ANSWER
from bot.jobs.request import Request
from bot.jobs.store import add_job
from bot.outbox.entries import DIGESTS_LATER, OutgoingAnswer
from bot.outbox.store import tell
from bot.slack.messages import Answer, Message, Target
from bot.store.addresses import open_at
from bot.store.database import Database, Transaction
from bot.store.secret_keys import SecretKeys
from bot.training.question import ReportQuestion
from bot.workspaces.store.installations import InstallationStore
from sandbox.clock import SandboxClock
from sandbox.slack import Tenant
from sandbox.slack.channels import Channel
from sandbox.world import World

APART = (2.0, 6.0)
LOCKED = (1.0, 4.0)
BLOWS = ("kill", "freeze", "cut")
POST = "chat.postMessage"
ALWAYS = 1_000_000
FATE = """
SELECT key, state, attempts, claimed_at, settled_at, error FROM ledger
WHERE workspace = :workspace AND key = :key"""
UNSETTLED = """
SELECT (SELECT COUNT(*) FROM ledger WHERE settled_at IS NULL)
  + (SELECT COUNT(*) FROM jobs WHERE state IN ('queued', 'running') AND name = 'report') AS count"""
FLOW = "flow_onb001"


class Chaos:
    """One run: what is promised, the blows, and what came of it."""

    def __init__(
        self, options: argparse.Namespace, world: World, url: str, server: Server | None
    ) -> None:
        """Play as the options say."""
        self._options = options
        self._world = world
        self._url = url
        self._server = server
        self._chance = random.Random(options.seed)
        self._faults = random.Random(f"{options.seed} faults")
        self._key = Fernet.generate_key().decode()
        self._channels = [f"CCHAOS{number:02}" for number in range(options.channels)]
        self._tenants: list[Tenant] = [
            world.slack,
            *(
                world.slack.add_workspace(f"TCHAOS{number:02}")
                for number in range(1, options.workspaces)
            ),
        ]
        self._promised: list[tuple[Tenant, str]] = []
        self.blows: Counter[str] = Counter()

    async def figures(self) -> dict[str, Any]:
        """Play and return what was seen."""
        database = await open_at(self._url)
        try:
            await self._prepare(database)
            workers = Workers(
                self._options.workers,
                self._variables,
                hesitant=self._options.hesitant,
                without=self._options.without,
            )
            with workers:
                while len(workers.speakers.of) < len(self._tenants):  # noqa: ASYNC110  # in threads
                    await asyncio.sleep(0.1)
                began = time.monotonic()
                await self._strike(workers)
                left = await self._rest(database)
                await self._explain(database)
                return {**self._found(workers, left), "seconds": round(time.monotonic() - began)}
        finally:
            await database.close()

    @property
    def _variables(self) -> dict[str, str]:
        identity = self._world.slack.identity
        return {
            **self._world.environment,
            "DATABASE_URL": self._url,
            "SECRET_KEYS": self._key,
            "SLACK_CLIENT_ID": identity.client_id,
            "SLACK_CLIENT_SECRET": identity.client_secret,
            "PUBLIC_URL": "https://flowbot.example",
        }

    async def _prepare(self, database: Database) -> None:
        clock = self._world.clock
        store = InstallationStore(database, SecretKeys(SecretStr(self._key)), clock)
        for tenant in self._tenants:
            everybody = ("UADA", tenant.bot_user_id)
            tenant.admin.add(*(Channel(each, each.lower(), everybody) for each in self._channels))
            self._disturb(tenant)
            if tenant is not self._world.slack:
                await store.put(installed(tenant, clock.now(), "channels:history"))
            tenant.grant("channels:history")
            view, now = database.of(tenant.team_id), clock.now()
            answers = [self._digest(tenant, number) for number in range(self._options.digests)]

            def write(
                tx: Transaction,
                answers: Iterable[OutgoingAnswer] = answers,
                now: datetime = now,
            ) -> None:
                for each in answers:
                    tell(tx, each, now=now)

            await view.transaction(write)
        await database.of(self._world.slack.team_id).transaction(self._ask)

    def _ask(self, tx: Transaction) -> None:
        """Let people of the first workspace have asked for reports."""
        for number in range(self._options.asked):
            channel = self._channels[number % len(self._channels)]
            wanted = Request("UADA", "ada", channel, ReportQuestion(FLOW))
            add_job(tx, key=f"ask:{number}", wanted=wanted, now=self._world.clock.now())
            self._promised.append((self._world.slack, f"{ANSWER}ask:{number}"))

    def _digest(self, tenant: Tenant, number: int) -> OutgoingAnswer:
        key = f"chaos:{number}"
        self._promised.append((tenant, key))
        target = Target(self._channels[number % len(self._channels)])
        return OutgoingAnswer(
            key, target, Answer(Message(f"Digest {number}")), priority=DIGESTS_LATER
        )

    def _disturb(self, tenant: Tenant) -> None:
        def now_and_then(share: float) -> bool:
            return self._faults.random() < share

        tenant.disturb(POST, kind="drop_after", times=ALWAYS, when=lambda _: now_and_then(0.01))
        for seconds in (1, 2, 3, 4):
            tenant.disturb(
                POST,
                kind="slow",
                seconds=seconds,
                times=ALWAYS,
                when=lambda _: now_and_then(self._options.slow / 4),
            )

    async def _strike(self, workers: Workers) -> None:
        """Deal blows until the time is over; at the end nobody is frozen."""
        until = time.monotonic() + self._options.seconds
        crash_at = time.monotonic() + self._options.seconds / 2 if self._server else until
        thawing: list[asyncio.Task[None]] = []
        while time.monotonic() < until:
            await asyncio.sleep(self._chance.uniform(*APART))
            if time.monotonic() > crash_at and not self.blows["crash"] and self._server:
                self.blows["crash"] += 1
                await asyncio.to_thread(self._server.crash)
                continue
            blow = self._chance.choice(self._options.blows)
            awake = [each for each in workers.all if not each.frozen]
            if blow == "cut":
                await self._cut()
            elif blow == "kill":
                await asyncio.to_thread(workers.kill, self._chance.choice(workers.all))
            elif len(awake) > 1:
                worker = self._chance.choice(awake)
                workers.freeze(worker)
                thawing.append(asyncio.create_task(self._thaw(workers, worker)))
            else:
                continue
            self.blows[blow] += 1
        await asyncio.gather(*thawing)

    async def _thaw(self, workers: Workers, worker: Worker) -> None:
        await asyncio.sleep(self._options.freeze)
        workers.thaw(worker)

    async def _cut(self) -> None:
        if self._server:
            await asyncio.to_thread(self._server.cut)
            return
        path = self._url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(self._chance.uniform(*LOCKED))
            connection.execute("ROLLBACK")

    async def _rest(self, database: Database) -> int:
        """Wait until all is settled; return how many rows are not in the end."""
        until = time.monotonic() + self._options.patience
        while True:
            row = await database.fetch_one(UNSETTLED)
            left = int(row["count"]) if row else 0
            if not left or time.monotonic() > until:
                return left
            await asyncio.sleep(1)

    async def _explain(self, database: Database) -> None:
        """Tell on standard error what the rows say of what is lost or doubled."""
        for tenant, key in self._promised:
            times = sum(each == key for each, _, _ in _ours(tenant))
            if times != 1:
                row = await database.fetch_one(FATE, {"workspace": tenant.team_id, "key": key})
                print(times, "times:", tenant.team_id, dict(row or {}), file=sys.stderr)

    def _found(self, workers: Workers, left: int) -> dict[str, Any]:
        said = {tenant.team_id: _ours(tenant) for tenant in self._tenants}
        times = Counter((team, key) for team, all_ in said.items() for key, _, _ in all_)
        took = workers.speakers.took
        fenced = {
            event.removeprefix("fenced:"): count
            for event, count in sorted(workers.events.items())
            if event.startswith("fenced:")
        }
        return {
            **{blow: self.blows[blow] for blow in (*BLOWS, "crash")},
            "promised": len(self._promised),
            "lost": sum(not times[tenant.team_id, key] for tenant, key in self._promised),
            "doubled": sum(count - 1 for count in times.values()),
            "unsettled": left,
            "takeovers": len(took),
            "takeover_seconds": {
                "p50": round(percentile(took, 0.5), 1),
                "worst": round(max(took), 1),
            }
            if took
            else {},
            "most_a_minute": max(_most_a_minute(all_) for all_ in said.values()),
            "least_gap": round(min(_least_gap(all_) for all_ in said.values()), 2),
            "fenced": fenced,
        }


def _ours(tenant: Tenant) -> list[tuple[str, str, float]]:
    """Return the key, channel and moment of each digest that Slack shows."""
    found = []
    for channel, messages in tenant.workspace.messages.items():
        for message in messages:
            payload = (message.metadata or {}).get("event_payload") or {}
            if key := payload.get("key"):
                found.append((str(key), channel, float(message.ts)))
    return found


def _most_a_minute(said: list[tuple[str, str, float]]) -> int:
    moments = sorted(at for _, _, at in said)
    first, most = 0, 0
    for last, at in enumerate(moments):
        while at - moments[first] >= 60:
            first += 1
        most = max(most, last - first + 1)
    return most


def _least_gap(said: list[tuple[str, str, float]]) -> float:
    by_channel = defaultdict(list)
    for _, channel, at in said:
        by_channel[channel].append(at)
    gaps = [
        later - earlier
        for each in by_channel.values()
        for earlier, later in zip(sorted(each), sorted(each)[1:], strict=False)
    ]
    return min(gaps, default=0.0)


def main() -> None:
    options = _parsed()
    with (
        tempfile.TemporaryDirectory(prefix="flowbot-chaos-", dir=".") as name,
        ExitStack() as stack,
    ):
        folder = Path(name).resolve()
        server = stack.enter_context(Server()) if options.postgres else None
        url = server.url if server else f"sqlite:///{folder}/chaos.db"
        figures = asyncio.run(_played(options, url, server))
        played = {
            each: getattr(options, each)
            for each in ("seed", "workspaces", "digests", "asked", "workers", "without")
        }
        database = "Postgres" if server else "SQLite"
        first = {"benchmark": "chaos", "machine": facts(folder), "database": database}
        print(json.dumps({**first, **played, **figures}))


async def _played(options: argparse.Namespace, url: str, server: Server | None) -> dict[str, Any]:
    async with World(clock=SandboxClock(running=True)) as world:
        return await Chaos(options, world, url, server).figures()


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--workspaces", type=int, default=4)
    parser.add_argument("--digests", type=int, default=250, help="in each workspace")
    parser.add_argument("--asked", type=int, default=50, help="reports, in the first workspace")
    parser.add_argument("--channels", type=int, default=10, help="in each workspace")
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=60, help="of blows")
    parser.add_argument("--patience", type=float, default=180, help="seconds of quiet at the end")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slow", type=float, default=0.01, help="share of calls that are slow")
    parser.add_argument("--blows", nargs="+", choices=BLOWS, default=BLOWS)
    parser.add_argument("--freeze", type=float, default=22, help="seconds that a worker is frozen")
    parser.add_argument("--hesitant", type=float, default=0, help="seconds from claim to request")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--without", choices=sorted(FENCES), default="")
    return parser.parse_args()


if __name__ == "__main__":
    main()
