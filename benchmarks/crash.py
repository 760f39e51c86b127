"""What is lost, doubled or left lying when processes are killed and what is around them falters.

`python -m benchmarks.crash --kills 200 --seed 1` prints one JSON line. The local Slack (with its
rate limits) and the vendors run here; Flowbot runs as one process, or as a web and two workers.
People ask for answers, files and runs, and digests fall due, all the while processes are killed
with SIGKILL at random moments. Scenarios differ in what else goes wrong:

- `drops`: every seventh message is taken by Slack, which then drops the line;
- with and without `history`: whether the bot may look for its own messages;
- `locked`, `full`, `revoked`: for some seconds nobody can write the database, or the disk takes
  nothing, or Slack knows no token.

Each is a promise: a command that was acknowledged, its file, a run, and a digest that fell due.
`lost` are promises without a message, `doubled` messages beyond the first of a promise, and `rows`
what is still under way after `--patience` seconds of quiet. In no scenario has anybody a reason to
apologise, so each apology is a false one; `uncertain` are starts of runs that people are asked to
look for themselves.
"""

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.crowd import Crowd
from benchmarks.machine import facts
from benchmarks.verdicts import Verdict, verdict
from benchmarks.victims import RUN, SPLIT, Victims
from sandbox.clock import SandboxClock
from sandbox.world import World

TROUBLE_SECONDS = 6.0
WORK_SECONDS = 2.5
"""At most so long a process works between two kills."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What runs, and what goes wrong besides the kills."""

    processes: tuple[str, ...]
    drops: bool = False
    history: bool = True
    trouble: str = ""

    @property
    def name(self) -> str:
        """A name for the figures."""
        words = ["web+2 workers" if len(self.processes) > 1 else "one process"]
        words += ["drops"] * self.drops + ["no history"] * (not self.history)
        return ", ".join([*words, self.trouble] if self.trouble else words)


SCENARIOS = (
    Scenario(RUN),
    Scenario(SPLIT),
    Scenario(RUN, drops=True),
    Scenario(SPLIT, drops=True),
    Scenario(RUN, drops=True, history=False),
    Scenario(SPLIT, drops=True, history=False),
    Scenario(RUN, trouble="locked"),
    Scenario(SPLIT, trouble="full"),
    Scenario(RUN, trouble="revoked"),
)


def main() -> None:
    options = _parsed()
    with tempfile.TemporaryDirectory(prefix="flowbot-crash-", dir=".") as name:
        folder = Path(name)
        found: dict[str, dict[str, int]] = {}
        until = time.monotonic() + options.seconds
        for number, scenario in enumerate(SCENARIOS):
            left = len(SCENARIOS) - number
            kills = (options.kills * (number + 1)) // len(SCENARIOS) - (
                options.kills * number
            ) // len(SCENARIOS)
            budget = (until - time.monotonic()) / left
            chance = random.Random(f"{options.seed}:{number}")
            work = _played(
                scenario, folder / f"{number}.db", kills, budget, options.patience, chance
            )
            found[scenario.name] = asdict(asyncio.run(work))
            print(scenario.name, found[scenario.name], flush=True, file=options.log)
        total = sum((Counter(each) for each in found.values()), Counter())
        keys = next(iter(found.values()))
        print(
            json.dumps(
                {
                    "benchmark": "crash",
                    "machine": facts(folder),
                    "seed": options.seed,
                    "total": {key: total[key] for key in keys},
                    "scenarios": found,
                }
            )
        )


async def _played(
    scenario: Scenario,
    database: Path,
    kills: int,
    seconds: float,
    patience: float,
    chance: random.Random,
) -> Verdict:
    async with World(clock=SandboxClock(running=True)) as world:
        if scenario.history:
            world.slack.grant("channels:history", "groups:history")
        with Victims(scenario.processes, database, dict(world.environment)) as victims:
            world.slack.connect(victims.address)
            await victims.ready()
            crowd = Crowd(world, database, chance, drops=scenario.drops)
            await crowd.subscribe()
            done = await _killed(scenario, victims, crowd, kills, seconds, chance)
            await victims.ready()
            await crowd.rest(patience)
            return verdict(world, database, crowd, kills=done)


async def _killed(
    scenario: Scenario,
    victims: Victims,
    crowd: Crowd,
    kills: int,
    seconds: float,
    chance: random.Random,
) -> int:
    """Kill while people work; return how often."""
    until = time.monotonic() + seconds
    working = asyncio.create_task(crowd.work())
    troubles = asyncio.create_task(_troubles(scenario.trouble, victims, crowd, chance))
    done = 0
    while done < kills and time.monotonic() < until:
        if chance.random() < 0.8:  # the others are killed while they start
            await victims.ready()
        await asyncio.sleep(chance.uniform(0, WORK_SECONDS))
        victims.kill(chance)
        done += 1
    for task in (working, troubles):
        task.cancel()
    await asyncio.gather(working, troubles, return_exceptions=True)
    return done


async def _troubles(kind: str, victims: Victims, crowd: Crowd, chance: random.Random) -> None:
    """Let something around the bot falter for some seconds, now and then."""
    trouble: Any = {"locked": crowd.locked, "full": victims.full, "revoked": crowd.revoked}
    while kind:
        await asyncio.sleep(chance.uniform(2, 8))
        with trouble[kind]():
            await asyncio.sleep(chance.uniform(1, TROUBLE_SECONDS))


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1800, help="at most, all scenarios")
    parser.add_argument("--patience", type=float, default=150, help="seconds of quiet at the end")
    parser.add_argument("--log", type=argparse.FileType("a"), default="-", help="figures as found")
    return parser.parse_args()


if __name__ == "__main__":
    main()
