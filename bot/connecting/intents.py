"""What can be wanted about connections: the arguments of jobs."""

from dataclasses import dataclass, field
from typing import ClassVar

from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class ConnectService(Intent):
    """Access to a service, to be tried and kept; `service` is the name of its feature.

    `values` are what was entered, as JSON that is encrypted: jobs are rows, and rows hold no key.
    `view_id` is the window in which it was entered.
    """

    job: ClassVar[str] = "connect_service"
    needs: ClassVar[Right] = Right.GOVERN
    service: str
    values: str = field(repr=False)
    view_id: str = ""


@dataclass(frozen=True, slots=True)
class DisconnectService(Intent):
    """Access to a service, to be deleted."""

    job: ClassVar[str] = "disconnect_service"
    needs: ClassVar[Right] = Right.GOVERN
    service: str


@dataclass(frozen=True, slots=True)
class UseConnections(Intent):
    """What was connected or disconnected is to be used from now on."""

    job: ClassVar[str] = "use_connections"
    needs: ClassVar[Right] = Right.NOBODYS
