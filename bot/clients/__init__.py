"""The outside world: Slack and the vendors. Wire dictionaries stop here.

A vendor without a credential is simply off: its client is None.
"""

from contextlib import AsyncExitStack

from bot.clients.flowapp import FlowApp
from bot.clients.giosg import Giosg
from bot.clients.momoflow import MomoFlow
from bot.clients.saferme import SaferMe
from bot.clients.saferme_session import Keeping, Login, Tokens
from bot.clients.smartflows import SmartFlows
from bot.clock import Clock
from bot.config.vendors import (
    FlowAppSettings,
    GiosgSettings,
    MomoFlowSettings,
    SaferMeSettings,
    SmartFlowsSettings,
)


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


async def open_smartflows(
    settings: SmartFlowsSettings, clock: Clock, stack: AsyncExitStack
) -> SmartFlows | None:
    """Return Smart Flows' client, closed with the stack, or None without a key and an address."""
    if settings.api_key is None or settings.base_url is None:
        return None
    client = SmartFlows(settings.api_key, clock=clock, base_url=settings.base_url)
    return await stack.enter_async_context(client)


async def open_giosg(settings: GiosgSettings, clock: Clock, stack: AsyncExitStack) -> Giosg | None:
    """Return giosg's client, closed with the stack, or None without a token."""
    if settings.api_token is None:
        return None
    client = Giosg(
        settings.api_token,
        clock=clock,
        base_url=settings.base_url,
        service_url=settings.service_url,
    )
    return await stack.enter_async_context(client)


async def open_flowapp(
    settings: FlowAppSettings, clock: Clock, stack: AsyncExitStack
) -> FlowApp | None:
    """Return FLOW's client, closed with the stack, or None without a secret."""
    if settings.api_secret is None:
        return None
    client = FlowApp(settings.api_secret, clock=clock, base_url=settings.base_url)
    return await stack.enter_async_context(client)


async def open_saferme(
    settings: SaferMeSettings,
    clock: Clock,
    stack: AsyncExitStack,
    *,
    tokens: Tokens | None,
    keeping: Keeping,
) -> SaferMe | None:
    """Return SaferMe's client, closed with the stack, or None without an account and tokens.

    `tokens` is the pair to begin with; `keeping` is where each one that takes its place is kept.
    """
    login = None
    if settings.email and settings.password:
        login = Login(settings.email, settings.password)
    if login is None and tokens is None:
        return None
    client = SaferMe(
        clock=clock,
        tokens=tokens,
        login=login,
        keeping=keeping,
        team_id=settings.team_id,
        base_url=settings.base_url,
        download_hosts=filter(None, settings.download_hosts.split(",")),
    )
    return await stack.enter_async_context(client)
