"""The outside world: Slack and the vendors. Wire dictionaries stop here.

A vendor without a credential is simply off: its client is None.
"""

from contextlib import AsyncExitStack

from bot.clients.momoflow import MomoFlow
from bot.clock import Clock
from bot.config import MomoFlowSettings


async def open_momoflow(
    settings: MomoFlowSettings, clock: Clock, stack: AsyncExitStack
) -> MomoFlow | None:
    """Return MomoFlow's client, closed with the stack, or None without a key."""
    if settings.api_key is None:
        return None
    client = MomoFlow(
        settings.api_key,
        clock=clock,
        base_url=settings.base_url,
        download_hosts=filter(None, settings.download_hosts.split(",")),
    )
    return await stack.enter_async_context(client)
