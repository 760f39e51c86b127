"""Every setting, typed, read once from the environment and `.env`; never read at import.

A wrong value stops the start with the variable's name and what it should look like, never with the
value itself: it may be a secret that was pasted into the wrong line.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, SecretStr, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings

from bot.config.own import GeneralSettings, SlackSettings
from bot.config.vendors import (
    FlowAppSettings,
    GiosgSettings,
    MomoFlowSettings,
    SaferMeSettings,
    SmartFlowsSettings,
)
from bot.errors import BotError


class SettingsError(BotError):
    """The start is stopped: each line names a variable and says what it should look like."""


ONLY_APP_LEVEL = "SLACK_BOT_TOKEN is missing: SLACK_APP_TOKEN alone cannot post. Set both."
UNSIGNED = (
    "SLACK_SIGNING_SECRET is missing: over HTTP each request is checked with it. "
    "Set it, or set SLACK_APP_TOKEN to use Socket Mode."
)

BLOCKS: dict[str, type[BaseSettings]] = {
    "slack": SlackSettings,
    "momoflow": MomoFlowSettings,
    "flowapp": FlowAppSettings,
    "giosg": GiosgSettings,
    "smartflows": SmartFlowsSettings,
    "saferme": SaferMeSettings,
    "general": GeneralSettings,
}


class Settings(BaseModel):
    """All settings. Built once, by `load` in the program and with keyword arguments in tests."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slack: SlackSettings
    momoflow: MomoFlowSettings
    flowapp: FlowAppSettings
    giosg: GiosgSettings
    smartflows: SmartFlowsSettings
    saferme: SaferMeSettings
    general: GeneralSettings

    @property
    def has_slack(self) -> bool:
        """Whether any Slack token is set; without one there is only the sandbox."""
        return bool(self.slack.bot_token or self.slack.app_token)

    @property
    def has_vendor(self) -> bool:
        """Whether any vendor's credential is set."""
        return any(variable is not None for variable in self.credentials())

    def credentials(self) -> tuple[SecretStr | None, ...]:
        """Return each vendor's main credential, set or not."""
        return (
            self.momoflow.api_key,
            self.flowapp.api_secret,
            self.giosg.api_token,
            self.smartflows.api_key,
            self.saferme.password or self.saferme.access_token,
        )


def variables() -> dict[str, str]:
    """Return every environment variable with what it should look like."""
    return {
        _variable(block, name): field.description or ""
        for block in BLOCKS.values()
        for name, field in block.model_fields.items()
    }


def load(**blocks: Any) -> Settings:
    """Read all settings; a block may be given whole instead. Raises SettingsError."""
    problems: list[str] = []
    for name, block in BLOCKS.items():
        try:
            blocks.setdefault(name, block())
        except ValidationError as error:
            problems += _explain(block, error)
    problems += _incomplete(blocks.get("slack"))
    if problems:
        raise SettingsError("\n".join(problems))
    return Settings(**blocks)


def with_values(settings: Settings, **blocks: dict[str, Any]) -> Settings:
    """Return the settings with some values replaced and checked, as {block: {field: value}}."""
    changed = {
        name: TypeAdapter(BLOCKS[name]).validate_python(
            getattr(settings, name).model_dump() | values
        )
        for name, values in blocks.items()
    }
    return settings.model_copy(update=changed)


def _incomplete(slack: SlackSettings | None) -> list[str]:
    if slack is None:
        return []
    if slack.app_token and not slack.bot_token:
        return [ONLY_APP_LEVEL]
    if slack.bot_token and not slack.app_token and not slack.signing_secret:
        return [UNSIGNED]
    return []


def _explain(block: type[BaseSettings], error: ValidationError) -> list[str]:
    names = dict.fromkeys(str(problem["loc"][0]) for problem in error.errors())
    return [
        f"{_variable(block, name)} should be {block.model_fields[name].description}."
        for name in names
    ]


def _variable(block: type[BaseSettings], name: str) -> str:
    return f"{block.model_config.get('env_prefix', '')}{name}".upper()
