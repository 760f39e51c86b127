"""How long a start takes and how much memory an idle bot holds, beside a bare Bolt app.

`python -m benchmarks.start` prints one JSON line: seconds from launch to the first good answer of
/readyz and resident megabytes some seconds later, medians of runs that take turns. A first start of
each, which may have modules to compile, does not count.
"""

import json
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.machine import facts
from benchmarks.processes import BARE, RUN, outside, program

APPS = {"bare": BARE, "run": RUN}
ROUNDS = 7
IDLE_ROUNDS = 2
"""In how many of the rounds memory is looked at."""
IDLE_SECONDS = 4.0


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="flowbot-start-", dir=".") as name,
        outside() as variables,
    ):
        folder = Path(name)
        starts: dict[str, list[float]] = {app: [] for app in APPS}
        memory: dict[str, list[float]] = {app: [] for app in APPS}
        for module in APPS.values():
            with program(module, folder, variables):
                pass
        for turn in range(ROUNDS):
            for app, module in APPS.items():
                with program(module, folder, variables) as running:
                    starts[app].append(running.start_seconds)
                    if turn < IDLE_ROUNDS:
                        time.sleep(IDLE_SECONDS)
                        memory[app].append(running.resident_megabytes)
        seconds = {app: round(statistics.median(took), 3) for app, took in starts.items()}
        print(
            json.dumps(
                {
                    "benchmark": "start",
                    "machine": facts(folder),
                    "start_seconds": seconds,
                    "start_ratio_to_bare": round(seconds["run"] / seconds["bare"], 2),
                    "idle_megabytes": {
                        app: round(statistics.median(held), 1) for app, held in memory.items()
                    },
                }
            )
        )


if __name__ == "__main__":
    main()
