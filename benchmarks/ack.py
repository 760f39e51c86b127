"""How long Slack waits for the acknowledgement of a slash command, beside a bare Bolt app.

`python -m benchmarks.ack` prints one JSON line: p50 and p99 in milliseconds by app and rate (a
second), and their ratio to the bare app's. Flowbot has written the command durably by then:

- `bare` says hello, with Bolt's default settings;
- `web` is `flowbot web`, as in the Procfile: a worker would be another process;
- `run` is `flowbot run`, which also carries out the commands it accepts, on the same processor;
- with `--postgres` there are both once more, on a Postgres of our own that is as durable as any.

The apps take turns, so that a noisy machine is noisy for all of them; for each rate they are new
processes with a new database.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from benchmarks.load import Driver
from benchmarks.machine import facts, percentile
from benchmarks.processes import BARE, RUN, WEB, outside, program
from tests.postgres import Cluster, private_cluster

APPS = {"bare": BARE, "web": WEB, "run": RUN}
ON_POSTGRES = {"web on postgres": WEB, "run on postgres": RUN}
SECONDS = {20: 3.0, 100: 2.0, 200: 2.0}
"""How long a turn lasts at each rate (commands a second)."""
ROUNDS = 2
SETTLE_SECONDS = 2.0
"""After a start, before anything is measured."""

Samples = dict[str, dict[int, list[float]]]


def main() -> None:
    parser = argparse.ArgumentParser(description="how long Slack waits for the acknowledgement")
    parser.add_argument("--postgres", action="store_true", help="measure on Postgres, too")
    apps = {**APPS, **(ON_POSTGRES if parser.parse_args().postgres else {})}
    with (
        tempfile.TemporaryDirectory(prefix="flowbot-ack-", dir=".") as name,
        outside() as variables,
        private_cluster() if len(apps) > len(APPS) else nullcontext() as cluster,
    ):
        folder = Path(name)
        samples: Samples = {app: {rate: [] for rate in SECONDS} for app in apps}
        for turn in range(ROUNDS):
            for rate, seconds in SECONDS.items():
                databases = {app: _database(cluster, app) for app in apps}
                for app, took in _turns(folder, variables, databases, rate, seconds, turn).items():
                    samples[app][rate] += took
        print(json.dumps({"benchmark": "ack", "machine": facts(folder), **_result(samples)}))


def _database(cluster: Cluster | None, app: str) -> str:
    """Return the URL of a new database on Postgres, or "" for a new file."""
    return cluster.at(cluster.create()) if cluster and app in ON_POSTGRES else ""


def _turns(
    folder: Path,
    variables: Mapping[str, str],
    databases: Mapping[str, str],
    rate: int,
    seconds: float,
    seed: int,
) -> dict[str, list[float]]:
    """Return each app's latencies; `databases` has their URLs, empty for a new file.

    None outlives its turn: `run` has work left then, which would slow down the others.
    """
    modules, took = {**APPS, **ON_POSTGRES}, {}
    for app, url in databases.items():
        with program(modules[app], folder, variables, url=url) as running:
            time.sleep(SETTLE_SECONDS)
            took[app] = asyncio.run(_turn(running.port, rate, seconds, seed))
    return took


async def _turn(port: int, rate: int, seconds: float, seed: int) -> list[float]:
    driver = Driver(port)
    try:
        return await driver.measure(rate=rate, seconds=seconds, seed=seed)
    finally:
        driver.close()


def _result(samples: Samples) -> dict[str, Any]:
    figures = {
        app: {rate: _figures(took) for rate, took in by_rate.items()}
        for app, by_rate in samples.items()
    }
    ratios = {
        app: {rate: _ratios(figures[app][rate], figures["bare"][rate]) for rate in SECONDS}
        for app in samples
        if app != "bare"
    }
    return {"milliseconds": figures, "ratio_to_bare": ratios}


def _figures(took: list[float]) -> dict[str, float]:
    return {
        "n": len(took),
        "p50": round(percentile(took, 0.50) * 1000, 2),
        "p99": round(percentile(took, 0.99) * 1000, 2),
    }


def _ratios(ours: Mapping[str, float], bare: Mapping[str, float]) -> dict[str, float]:
    return {name: round(ours[name] / bare[name], 2) for name in ("p50", "p99")}


if __name__ == "__main__":
    main()
