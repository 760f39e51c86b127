"""What surrounds the bot in production, in a process of its own: a local Slack and the vendors.

`python -m benchmarks.outside` prints the environment that points the bot here as one JSON line, and
stays until it is ended.
"""

import asyncio
import json

from benchmarks.load import SIGNING_SECRET
from sandbox.world import World


async def main() -> None:
    async with World(strict_rates=False) as world:
        variables = {
            f"{block}_{name}".upper(): value
            for block, values in world.settings.items()
            for name, value in values.items()
        }
        print(json.dumps(variables | {"SLACK_SIGNING_SECRET": SIGNING_SECRET}), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
