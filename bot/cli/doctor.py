"""`flowbot doctor`: what is wrong with this installation, and the exact mend."""

import json
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Any

from bot.assembly.features import FEATURES
from bot.assembly.resources import open_database
from bot.assembly.starting import StartError
from bot.clock import Clock
from bot.config import Settings, SettingsError, variable_of, with_environment, with_values
from bot.doctor.findings import Health, Report
from bot.doctor.keeping import KeptCredentials
from bot.doctor.printed import printed
from bot.doctor.services import Service
from bot.doctor.settings import unreadable
from bot.doctor.whole import Patient, examined
from bot.feature import Feature
from bot.http.service_check import ServiceCheck
from bot.slack.manifest import EVENTS_PATH


def add_options(parser: ArgumentParser) -> None:
    """Add what may be typed after `flowbot doctor`."""
    parser.set_defaults(log_level="error")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--sandbox", action="store_true", help="look at a sandbox instead")


async def doctor(settings: Settings, options: Namespace) -> int:
    """Print what was found; return 1 if anything failed."""
    look = _of_the_sandbox if options.sandbox else _of_these
    return told(await look(settings), options)


def misread(error: SettingsError, options: Namespace) -> int:
    """Print what is wrong with settings that cannot be read."""
    return told(Report.of(unreadable(error)), options)


def told(report: Report, options: Namespace) -> int:
    """Print a report as it is wanted; return the exit code."""
    if options.json:
        print(json.dumps(report.document(), indent=2, ensure_ascii=False))
    else:
        print(printed(report))
    return 0 if report.ok else 1


async def check_first(settings: Settings) -> None:
    """Raise StartError with what fails, where anything does, before anything is started."""
    report = await _of_these(settings)
    worth = Report(tuple(report.of_state(Health.FAIL, Health.WARN)))
    if not report.ok:
        raise StartError(f"Flowbot does not start, as --check found this:\n{printed(worth)}")


async def _of_these(settings: Settings, clock: Clock | None = None) -> Report:
    clock = clock or Clock()

    def services(kept: KeptCredentials) -> Sequence[Service]:
        return [service_of(feature, settings, clock, kept) for feature in FEATURES]

    return await examined(Patient(settings, clock, services, EVENTS_PATH))


async def _of_the_sandbox(settings: Settings) -> Report:
    """Return what was found of a sandbox that was opened for this alone."""
    from sandbox.clock import SandboxClock  # noqa: PLC0415  # only these commands know the sandbox
    from sandbox.world import World  # noqa: PLC0415

    clock = SandboxClock(running=True)
    with tempfile.TemporaryDirectory(prefix="flowbot-sandbox-") as folder:
        async with World(clock=clock) as world:
            own = with_values(settings, general={"database_url": f"sqlite:///{folder}/flowbot.db"})
            pointed = with_environment(own, world.environment)
            async with open_database(pointed):
                return await _of_these(pointed, clock)


def service_of(
    feature: Feature[Any], settings: Settings, clock: Clock, kept: KeptCredentials
) -> Service:
    """Return how a feature's service is asked, with these settings."""
    names = [name for name in feature.settings.model_fields if name.endswith("_url")]

    async def tried() -> ServiceCheck:
        block = settings.of(feature.settings)
        for pair in await kept.of(feature.vendor.name):
            block = feature.with_kept(block, pair)
        return await feature.tried(block, clock)

    addresses = tuple(variable_of(feature.settings, each) for each in names)
    return Service(feature.vendor, tried, addresses)
