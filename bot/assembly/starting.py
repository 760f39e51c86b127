"""What a start says: one line each for what was found, and in words what stops it."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import log
from bot.assembly.bot import Bot
from bot.assembly.features import FEATURES, Features
from bot.assembly.process import Process
from bot.config import Settings
from bot.doctor.findings import Health
from bot.doctor.keeping import SecretLooks
from bot.doctor.store import DoctorRows
from bot.errors import BotError
from bot.slack.letting_in import BOT_TOKEN, let_not_in
from bot.slack_app import PATIENCE_SECONDS
from bot.store.addresses import file_of, name_of
from bot.store.inspection.disks import Machine

PATIENCE_MINUTES = round(PATIENCE_SECONDS / 60)


class StartError(BotError):
    """The start is stopped; the text says what to do."""


async def tell_start(
    process: Process, settings: Settings, *, program: str, features: Features = FEATURES
) -> None:
    """Write one line each: the workspace, the services, the database, the mode, the next digest.

    Of several workspaces it says how many there are.
    """
    if settings.slack.bot_token:
        async with process.own() as bot:
            await _tell_own(bot, settings, features, program)
    if settings.slack.installs:
        await process.installs.tell()
    if not settings.slack.bot_token:
        log.get().info("mode", **_mode(settings, program))
    await _tell_secrets(process)
    if file_of(settings.general.database_url):
        _warn_of_disk(Path(name_of(settings.general.database_url)))


async def _tell_secrets(process: Process) -> None:
    """Say what the doctor says of secrets that no key opens, and warn where there is no key."""
    resources = process.resources
    found = await SecretLooks(DoctorRows(resources.database.fetch_all), resources.keys).kept()
    if found.state is Health.FAIL:
        log.get().error("secrets_not_readable", why=found.about, mend=found.mend)
    elif resources.settings.general.secret_keys is None:
        log.get().warning("tokens_in_plain_text", mend="set SECRET_KEYS")


async def _tell_own(bot: Bot, settings: Settings, features: Features, program: str) -> None:
    lines = {
        "workspace": _workspace(bot),
        "services": _services(settings, features),
        "database": await _database(bot, settings),
        "mode": _mode(settings, program),
        "next_digest": await _next_digest(bot),
    }
    for event, values in lines.items():
        log.get().info(event, **values)


def _workspace(bot: Bot) -> dict[str, Any]:
    known = bot.identity
    return {"name": known.team, "address": known.url, "bot": f"@{known.name}"}


def _services(settings: Settings, features: Features) -> dict[str, Any]:
    on = [each for each in features if settings.of(each.settings).has_credential]
    off = [each for each in features if each not in on]
    return {
        "on": ", ".join(each.vendor.title for each in on) or "none",
        "off": ", ".join(f"{each.vendor.title} (no {each.vendor.variables})" for each in off)
        or "none",
    }


async def _database(bot: Bot, settings: Settings) -> dict[str, Any]:
    return {
        "at": name_of(settings.general.database_url),
        "jobs_waiting": await bot.parts.jobs.waiting(),
        "messages_waiting": await bot.parts.outbox.waiting(),
    }


def _warn_of_disk(file: Path) -> None:
    """Warn of a file that is on a disk where SQLite cannot keep it."""
    if unfit := Machine.here().unfit(file.resolve()):
        log.get().warning(unfit.event, why=unfit.why, mend=unfit.mend)


def _mode(settings: Settings, program: str) -> dict[str, Any]:
    over = "Socket Mode" if settings.slack.app_token else "HTTP"
    return {"program": program, "slack": "not listened to" if program == "worker" else over}


async def _next_digest(bot: Bot) -> dict[str, Any]:
    one = await bot.parts.digests.upcoming()
    if one is None or one.next_run_at is None:
        return {"at": "none is ordered"}
    local = one.next_run_at.astimezone(ZoneInfo(one.zone))
    return {"at": f"{local:%Y-%m-%d %H:%M} {one.zone}", "number": one.id, "channel": one.channel}


def refused(error: BotError, settings: Settings, *, by: tuple[str, str] = BOT_TOKEN) -> StartError:
    """Return why Slack lets us not in; `by` is the variable of the token and its mend."""
    after = f" for {PATIENCE_MINUTES} minutes"
    return StartError(" ".join(let_not_in(error, settings.slack.api_url, by=by, after=after)))
