"""What surrounds the bot in production, in a process of its own: a local Slack and the vendors.

`python -m benchmarks.outside` prints the environment that points the bot here as one JSON line, and
stays until it is ended.
"""

import asyncio
import json

from benchmarks.load import SIGNING_SECRET
from sandbox.world import World


def variables_for(world: World) -> dict[str, str]:
    """Return the environment that points a bot at a local Slack and vendors."""
    return dict(world.environment)


async def main() -> None:
    async with World(strict_rates=False) as world:
        variables = variables_for(world) | {"SLACK_SIGNING_SECRET": SIGNING_SECRET}
        print(json.dumps(variables), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
