"""A workspace's own access to services, put together."""

from collections.abc import Callable

from bot.assembly.tenancy import Resources, Tenant
from bot.connecting.desk import ConnectingDesk
from bot.connecting.forms import ConnectingForms
from bot.feature import Parts
from bot.workspaces.store.connections import ConnectionStore


def connecting_of(
    resources: Resources, tenant: Tenant, parts: Parts, changed: Callable[[], None]
) -> tuple[ConnectingDesk, ConnectingForms]:
    """Return where services are connected, and its window."""
    desk = ConnectingDesk(
        {each.name: each for each in resources.features},
        resources.settings.vendors,
        ConnectionStore(parts.database, resources.keys),
        resources.keys,
        parts.slack,
        parts.clock,
        is_own=tenant.is_own,
        changed=changed,
    )
    return desk, ConnectingForms(desk)
