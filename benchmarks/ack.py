"""How long Slack waits for the acknowledgement of a slash command, beside a bare Bolt app.

`python -m benchmarks.ack` prints one JSON line: p50 and p99 in milliseconds by app and rate (a
second), and their ratio to the bare app's. Flowbot has written the command durably by then:

- `bare` says hello, with Bolt's default settings;
- `web` is `flowbot web`, as in the Procfile: a worker would be another process;
- `run` is `flowbot run`, which also carries out the commands it accepts, on the same processor.

The apps take turns, so that a noisy machine is noisy for all of them; for each rate they are new
processes with a new database.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.load import Driver
from benchmarks.machine import facts, percentile
from benchmarks.processes import BARE, RUN, WEB, outside, program

APPS = {"bare": BARE, "web": WEB, "run": RUN}
SECONDS = {20: 3.0, 100: 2.0, 200: 2.0}
"""How long a turn lasts at each rate (commands a second)."""
ROUNDS = 2
SETTLE_SECONDS = 2.0
"""After a start, before anything is measured."""

Samples = dict[str, dict[int, list[float]]]


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="flowbot-ack-", dir=".") as name,
        outside() as variables,
    ):
        folder = Path(name)
        samples: Samples = {app: {rate: [] for rate in SECONDS} for app in APPS}
        for turn in range(ROUNDS):
            for rate, seconds in SECONDS.items():
                for app, took in _turns(folder, variables, rate, seconds, turn).items():
                    samples[app][rate] += took
        print(json.dumps({"benchmark": "ack", "machine": facts(folder), **_result(samples)}))


def _turns(
    folder: Path, variables: Mapping[str, str], rate: int, seconds: float, seed: int
) -> dict[str, list[float]]:
    """Return each app's latencies; `run` is the last, as it has work left when its turn is over."""
    with ExitStack() as stack:
        ports = {
            app: stack.enter_context(program(module, folder, variables)).port
            for app, module in APPS.items()
        }
        time.sleep(SETTLE_SECONDS)
        return {app: asyncio.run(_turn(port, rate, seconds, seed)) for app, port in ports.items()}


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
        for app in APPS
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
