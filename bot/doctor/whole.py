"""The whole look, as `flowbot doctor` takes it: everything of the settings, side by side."""

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Final

from bot.clock import Clock
from bot.config import Settings
from bot.doctor import installations, keeping, settings, slack, waiting, workers
from bot.doctor.examining import Check, Findings, Look, examine
from bot.doctor.findings import Report, skipped
from bot.doctor.installations import InstallationLook
from bot.doctor.keeping import KeptCredentials, SecretLooks
from bot.doctor.services import Service, service_checks
from bot.doctor.slack import SlackLooks
from bot.doctor.storage import NOT_OPEN, StorageLooks
from bot.doctor.store import DoctorRows, OtherSchemaError
from bot.doctor.waiting import WaitingLooks
from bot.doctor.workers import WorkerLook
from bot.slack.client import Slack
from bot.store.database import Parameters, Row
from bot.store.inspection.facts import inspected
from bot.store.opening import DatabaseNotOpenedError
from bot.store.secret_keys import SecretKeys

UNSET: Final = "SLACK_BOT_TOKEN is not set."
NOT_OURS: Final = "The schema is not this version's, so its rows were not looked at."
NO_SIGNATURE: Final = "With Socket Mode no request has to be signed."


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at. `events_path` is where Slack's requests go over HTTP.

    `services` are asked with what has taken the place of credentials of the settings.
    """

    settings: Settings
    clock: Clock
    services: Callable[[KeptCredentials], Sequence[Service]]
    events_path: str


async def examined(patient: Patient) -> Report:
    """Return what was found of everything. Nothing is changed anywhere."""
    general = patient.settings.general
    async with AsyncExitStack() as stack:
        storage = StorageLooks(lambda: inspected(general.database_url), stack, patient.clock)
        rows = _rows(storage)
        kept = KeptCredentials(rows, SecretKeys(general.secret_keys))
        checks = (
            Check(settings.SETTINGS, _settled(patient)),
            *await _slack_checks(patient, stack),
            *service_checks(patient.services(kept)),
            *storage.all(),
            *_row_checks(patient, rows),
            Check(keeping.ENV, keeping.env_file),
        )
        return await examine(checks, secrets=settings.secrets_of(patient.settings))


def _rows(storage: StorageLooks) -> DoctorRows:
    async def read(sql: str, parameters: Parameters) -> list[Row]:
        inspection = await storage.inspection()
        if inspection.facts.missing or inspection.facts.newer:
            raise OtherSchemaError
        return await inspection.fetch_all(sql, parameters)

    return DoctorRows(read)


def _settled(patient: Patient) -> Look:
    async def look() -> Findings:
        return settings.readable(patient.settings)

    return look


async def _slack_checks(patient: Patient, stack: AsyncExitStack) -> Sequence[Check]:
    own = patient.settings.slack
    ways_in = {slack.DELIVERY: await _delivery(patient, stack), slack.SIGNING: _signing(patient)}
    if not patient.settings.has_slack:
        ways_in = {name: _skips(name, UNSET) for name in ways_in}
    delivery = [Check(name, look) for name, look in ways_in.items()]
    if own.bot_token is None:
        names = (slack.TOKEN, slack.SCOPES, slack.UPLOAD, slack.CLOCK)
        return [*(Check(name, _skips(name, UNSET)) for name in names), *delivery]
    bot = await stack.enter_async_context(
        Slack(token=own.bot_token.get_secret_value(), api_url=own.api_url)
    )
    looks = SlackLooks(bot, patient.clock, api_url=own.api_url)
    return (*looks.all(), *delivery)


async def _delivery(patient: Patient, stack: AsyncExitStack) -> Look:
    own = patient.settings.slack
    if own.app_token is None:
        general = patient.settings.general
        root = general.public_url or "https://YOUR-HOST"
        return _says(slack.over_http(f"{root}{patient.events_path}", general.port))
    app = await stack.enter_async_context(
        Slack(token=own.app_token.get_secret_value(), api_url=own.api_url)
    )

    async def look() -> Findings:
        return await slack.socket_address(app, own.api_url)

    return look


def _signing(patient: Patient) -> Look:
    own = patient.settings.slack
    if own.app_token is not None:
        return _skips(slack.SIGNING, NO_SIGNATURE)
    secret = own.signing_secret.get_secret_value() if own.signing_secret else ""

    async def look() -> Findings:
        return slack.signed_by_ourselves(secret, patient.clock.now().timestamp())

    return look


def _row_checks(patient: Patient, rows: DoctorRows) -> Sequence[Check]:
    general = patient.settings.general
    installed = InstallationLook(rows, patient.settings)
    late = WaitingLooks(rows, patient.clock)
    kept = SecretLooks(rows, SecretKeys(general.secret_keys))
    looks = {
        installations.INSTALLATIONS: installed.look,
        workers.WORKERS: WorkerLook(rows, patient.clock).look,
        waiting.JOBS: late.jobs,
        waiting.OUTBOX: late.outbox,
        keeping.SECRETS: kept.kept,
    }
    return [Check(name, _of_rows(name, look)) for name, look in looks.items()]


def _of_rows(name: str, look: Look) -> Look:
    async def looked() -> Findings:
        try:
            return await look()
        except DatabaseNotOpenedError:
            return skipped(name, NOT_OPEN)
        except OtherSchemaError:
            return skipped(name, NOT_OURS)

    return looked


def _skips(name: str, why: str) -> Look:
    return _says(skipped(name, why))


def _says(found: Findings) -> Look:
    async def look() -> Findings:
        return found

    return look
