"""What admins of a workspace may ask the doctor, put together of what the workspace has."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from bot.asking.rendering.offers import offer
from bot.config import Settings
from bot.digests.core.command import ListSubscriptions
from bot.doctor.desk import DoctorDesk
from bot.doctor.resting import RESTING, RestingLook
from bot.doctor.services import Service
from bot.doctor.settings import secrets_of
from bot.doctor.store import DoctorRows
from bot.feature import Parts, Wiring
from bot.surface import SurfaceWiring

CONNECT: Final = "Connect it anew in the Home tab."


def doctor_of(
    parts: Parts,
    settings: Settings,
    wirings: Sequence[Wiring],
    surfaces: Sequence[SurfaceWiring],
    *,
    connects: bool,
) -> DoctorDesk:
    """Return the desk; services are asked with the keys of this workspace.

    It `connects` by itself where its keys are not those of the environment.
    """
    mend = CONNECT if connects else ""
    services = [
        Service(each.connection.vendor, each.connection.tried, mend=mend) for each in wirings
    ]
    listed = offer("See all digests", ListSubscriptions(everywhere=True), privately=True)
    return DoctorDesk(
        parts.slack,
        parts.clock,
        services,
        DoctorRows(parts.database.fetch_all, queue=parts.jobs.queue),
        RestingLook(parts.database, parts.troubles),
        secrets=partial(secrets_of, settings),
        ways={RESTING: listed},
        more=[(one.check, one.label) for each in surfaces for one in each.checks],
    )
