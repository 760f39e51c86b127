"""People beside what is measured, in a process of its own: acknowledgements and the loop's lag.

`python -m benchmarks.beside PORT [RATE [WORDS]]` sends commands, 20 a second unless told otherwise,
signed with the secret in SLACK_SIGNING_SECRET, and probes to that port of loopback until its
standard input ends, then prints the seconds of both as one JSON line. A probe is `/healthz`, which
the bot answers without a database, a thread or a lock: how long it takes is how long the event loop
was busy with something else, and the cost of an HTTP exchange on top. So the lag of an unchanged
bot is seen from outside, and never too small.
"""

import asyncio
import json
import os
import sys

from benchmarks.load import COMMAND, TEXT, Driver, commands, probes

COMMANDS_PER_SECOND = 20
PROBES_PER_SECOND = 100


async def main() -> None:
    until = asyncio.Event()
    asyncio.get_running_loop().run_in_executor(None, sys.stdin.read).add_done_callback(
        lambda _: until.set()
    )
    port = int(sys.argv[1])
    rate = int(sys.argv[2]) if len(sys.argv) > 2 else COMMANDS_PER_SECOND
    typed = tuple(filter(None, sys.argv[3:])) or (COMMAND, TEXT)
    secret = os.environ["SLACK_SIGNING_SECRET"]
    acks, lag = Driver(port), Driver(port)
    print("sending", flush=True)
    took = await asyncio.gather(
        acks.sustain(commands(secret, " ".join(typed)), rate=rate, seed=1, until=until),
        lag.sustain(probes(), rate=PROBES_PER_SECOND, seed=2, until=until),
    )
    print(json.dumps(dict(zip(("acks", "lag"), took, strict=True))), flush=True)
    acks.close()
    lag.close()


if __name__ == "__main__":
    asyncio.run(main())
