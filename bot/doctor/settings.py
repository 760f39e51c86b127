"""The settings as they were read: what is wrong or lacking, and what lies in plain text."""

from typing import Final

from pydantic import SecretStr

from bot.config import Settings, SettingsError
from bot.doctor.findings import Finding, failed, passed, warned

SETTINGS: Final = "settings"
WHERE: Final = "Correct it in the environment or in .env."


def unreadable(error: SettingsError) -> tuple[Finding, ...]:
    """Return what stops the reading, one line for each variable."""
    return tuple(failed(SETTINGS, line, WHERE) for line in str(error).splitlines())


def readable(settings: Settings) -> Finding:
    """Return what is lacking in settings that can be read."""
    if not settings.has_slack:
        return failed(
            SETTINGS,
            "SLACK_BOT_TOKEN is not set, so there is no Slack.",
            "Set it to the Bot User OAuth Token of the app's Install page, or type `flowbot "
            "sandbox` to go without a Slack.",
        )
    if not settings.has_vendor:
        return warned(
            SETTINGS,
            "No service is on, so there is nothing to ask.",
            "Set the key of at least one service (docs/settings.md).",
        )
    return passed(SETTINGS, "All settings can be read.")


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Return the value of every secret that is set, to be shown nowhere."""
    blocks = (settings.slack, settings.general, *settings.vendors.values())
    values = (getattr(block, name) for block in blocks for name in type(block).model_fields)
    found = [each.get_secret_value() for each in values if isinstance(each, SecretStr)]
    return tuple(part for each in found for part in (each, *each.split(",")) if len(part) > 3)  # noqa: PLR2004
