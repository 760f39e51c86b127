"""Beyond one machine and one workspace: what more processes and more workspaces cost and bring.

`python -m benchmarks.scale PART` prints one JSON line; each part takes less than three minutes as
it is, and can be made larger. Postgres is a private one that is started for this and syncs to its
disk.

- `acks [--rate 50 --seconds 6]`: from a command to its acknowledgement by `flowbot web` on SQLite
  and on Postgres, beside a bare Bolt app; all take turns.
- `workers [--digests 1000]`: digests of 50 questions that fall due at once in one workspace, worked
  out by 1, 2 and 4 workers on Postgres: how many a second, and how often the service was asked.
- `workspaces [--counts 1,50,200 --seconds 20]`: memory and processor time of one worker that speaks
  for so many workspaces in which nothing happens, on both databases.
- `fairness [--digests 10000 --questions 12]`: a question in one workspace, alone, while so many
  digests of another one wait to be sent, and while so many more that fell due there at once are
  worked out: by `flowbot run` on SQLite, by a web and a worker on SQLite, and on Postgres.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.due import fall_due, ordered, wait_to_be_sent, worked_out
from benchmarks.load import Driver
from benchmarks.machine import facts, percentile
from benchmarks.people import milliseconds
from benchmarks.processes import BARE, RUN, WEB, WORKER, Running, free_port, outside, program
from benchmarks.servers import Server
from benchmarks.tenants import Installs, speaking
from bot import log
from sandbox.clock import SandboxClock
from sandbox.slack import Tenant
from sandbox.vendors.momoflow import MomoFlowVendor
from sandbox.world import World

WORKERS = (1, 2, 4)
ROUNDS = 3
SETTLE_SECONDS = 3.0
QUESTION, ASKING, PERSON = "/flow list", "CGENERAL", "UADA"
LONGEST_SECONDS = 120.0


def main() -> None:
    options = _parsed()
    log.configure(level="error")
    with tempfile.TemporaryDirectory(prefix="flowbot-scale-", dir=".") as name:
        folder = Path(name).resolve()
        figures = options.part(options, folder)
        told = {"benchmark": "scale", "part": options.name, "machine": facts(folder)}
        print(json.dumps({**told, **figures}))


def acks(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    samples: dict[str, list[float]] = {}
    with outside() as variables, databases(folder, "acks") as urls:
        apps = {"bare": (BARE, ""), **{name: (WEB, url) for name, url in urls.items()}}
        for turn in range(ROUNDS):
            for name, (module, url) in apps.items():
                with program(module, folder, variables, url=url) as running:
                    time.sleep(SETTLE_SECONDS)
                    took = asyncio.run(_turn(running.port, options, turn))
                samples.setdefault(name, []).extend(took)
    bare = percentile(samples["bare"], 0.5)
    ratios = {name: round(percentile(took, 0.5) / bare, 2) for name, took in samples.items()}
    return {
        "rate": options.rate,
        "milliseconds": {name: milliseconds(took) for name, took in samples.items()},
        "p50_ratio_to_bare": {name: ratio for name, ratio in ratios.items() if name != "bare"},
    }


async def _turn(port: int, options: argparse.Namespace, seed: int) -> list[float]:
    driver = Driver(port)
    try:
        return await driver.measure(rate=options.rate, seconds=options.seconds, seed=seed)
    finally:
        driver.close()


def workers(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    found = {}
    for count in WORKERS:
        with databases(folder, f"workers-{count}") as urls:
            found[count] = asyncio.run(_worked(options.digests, folder, urls["postgres"], count))
    return {"digests": options.digests, "workers": found}


async def _worked(digests: int, folder: Path, url: str, count: int) -> dict[str, float]:
    await ordered(url)
    async with _world() as world:
        calls = 0

        def called() -> None:
            nonlocal calls
            calls += 1

        async with several(WORKER, count, folder, Installs(world, url).variables, url):
            await asyncio.sleep(SETTLE_SECONDS)
            world.vendors.of(MomoFlowVendor).on_change(called)
            began = await fall_due(world, url, digests)
            seconds = await worked_out(url, digests, longest=LONGEST_SECONDS) - began
    return {"a_second": round(digests / seconds, 1), "vendor_calls": calls}


def workspaces(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    counts = [int(each) for each in options.counts.split(",")]
    with databases(folder, "workspaces") as urls:
        return {
            name: asyncio.run(_idle(options.seconds, folder, url, counts))
            for name, url in urls.items()
        }


async def _idle(
    seconds: float, folder: Path, url: str, counts: list[int]
) -> dict[int, dict[str, float]]:
    found = {}
    async with _world() as world:
        installs, there = Installs(world, url), 1
        for count in counts:
            await installs.add(count - there)
            there = count
            async with several(WORKER, 1, folder, installs.variables, url) as (worker,):
                await speaking(worker.port, count)
                found[count] = await _rested(worker, seconds)
    return found


async def _rested(worker: Running, seconds: float) -> dict[str, float]:
    """Return what a worker holds and uses once its start is over."""
    await asyncio.sleep(2 * SETTLE_SECONDS)
    used, began = worker.processor_seconds, time.monotonic()
    await asyncio.sleep(seconds)
    share = (worker.processor_seconds - used) / (time.monotonic() - began)
    return {
        "megabytes": round(worker.resident_megabytes, 1),
        "core_percent": round(100 * share, 2),
    }


def fairness(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {"digests": options.digests}
    for name, module in (("sqlite", RUN), ("sqlite, two processes", WEB), ("postgres", WEB)):
        with databases(folder, name) as urls:
            url = urls[name.partition(",")[0]]
            found[name] = asyncio.run(_fair(options, folder, url, module))
    return found


async def _fair(
    options: argparse.Namespace, folder: Path, url: str, module: tuple[str, ...]
) -> dict[str, Any]:
    await ordered(url)
    async with _world() as world:
        installs = Installs(world, url)
        (other,) = await installs.add(1)
        watched = free_port()
        variables = {
            **installs.variables,
            "SLACK_SIGNING_SECRET": world.slack.signing_secret,
            "METRICS_PORT": str(watched if module == RUN else 0),
        }
        workers = 0 if module == RUN else 1
        async with (
            several(module, 1, folder, variables, url) as (web,),
            several(WORKER, workers, folder, variables, url) as started,
        ):
            world.slack.connect(f"http://127.0.0.1:{web.port}/slack/events")
            await speaking(started[0].port if started else watched, 2)
            await asyncio.sleep(SETTLE_SECONDS)
            found = {"alone": await _answers(other, options.questions)}
            await wait_to_be_sent(world, url, options.digests)
            found["waiting"] = await _answers(other, options.questions)
            await fall_due(world, url, options.digests)
            found["working_out"] = await _answers(other, options.questions)
    alone = statistics.median(found["alone"])
    return {
        "milliseconds": {name: milliseconds(took) for name, took in found.items()},
        "ratio": {
            name: round(statistics.median(took) / alone, 2)
            for name, took in found.items()
            if name != "alone"
        },
    }


async def _answers(tenant: Tenant, questions: int) -> list[float]:
    return [await _asked(tenant) for _ in range(questions)]


def _world() -> World:
    clock = SandboxClock(datetime.now().astimezone(), running=True)
    return World(clock=clock, strict_rates=False)


async def _asked(tenant: Tenant) -> float:
    """Return how long a person waits for the answer to a question, in seconds."""

    def seen() -> int:
        return len(tenant.messages(ASKING)) + len(tenant.ephemerals(PERSON))

    before, began = seen(), time.perf_counter()
    await tenant.command(QUESTION, user=PERSON, channel=ASKING)
    await tenant.until(lambda: seen() > before, timeout=LONGEST_SECONDS)
    took = time.perf_counter() - began
    await asyncio.sleep(1.1)  # a channel takes one message a second
    return took


@contextmanager
def databases(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """Yield the URLs of a new database of each kind."""
    with Server() as server:
        yield {"sqlite": f"sqlite:///{folder}/{name}.db", "postgres": server.url}


@asynccontextmanager
async def several(
    module: tuple[str, ...], count: int, folder: Path, variables: Mapping[str, str], url: str
) -> AsyncIterator[list[Running]]:
    """Run the same program so many times on one database, until the end of the block."""
    with ExitStack() as stack:
        started = [program(module, folder, variables, url=url) for _ in range(count)]
        # In threads, as the Slack that a start asks runs in this loop.
        entering = [asyncio.to_thread(stack.enter_context, each) for each in started]
        yield await asyncio.gather(*entering)


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parts = parser.add_subparsers(dest="name", required=True, metavar="PART")
    for part, given in (
        (acks, {"rate": 50, "seconds": 6.0}),
        (workers, {"digests": 1_000}),
        (workspaces, {"counts": "1,50,200", "seconds": 20.0}),
        (fairness, {"digests": 10_000, "questions": 12}),
    ):
        one = parts.add_parser(part.__name__)
        one.set_defaults(part=part)
        for name, value in given.items():
            one.add_argument(f"--{name}", type=type(value), default=value)
    return parser.parse_args()


if __name__ == "__main__":
    main()
