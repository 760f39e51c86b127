"""Every setting, typed, read once from the environment and `.env`; never read at import.

A wrong value stops the start with the variable's name and what it should look like, never with the
value itself: it may be a secret that was pasted into the wrong line.
"""

from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import BotError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingsError(BotError):
    """The start is stopped: each line names a variable and says what it should look like."""


def _web_root(value: str) -> str:
    parts = urlsplit(value)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    named = parts.hostname and parts.port != 0  # a port that is no number raises ValueError
    if not secure or not named or parts.query or parts.fragment or parts.username:
        raise ValueError(value)
    return value.rstrip("/")


def _host_root(value: str) -> str:
    root = _web_root(value)
    if urlsplit(root).path:
        raise ValueError(value)
    return root


def _zone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (LookupError, OSError) as error:  # an unknown name, or that of a folder
        raise ValueError(value) from error


def _starting(*prefixes: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(prefixes):
            raise ValueError(prefixes)
        return value

    return AfterValidator(check)


def _words(value: str) -> str:
    return ",".join(part.strip() for part in value.split(",") if part.strip())


WebRoot = Annotated[str, AfterValidator(_web_root)]
HostRoot = Annotated[str, AfterValidator(_host_root)]
Words = Annotated[str, AfterValidator(_words)]
ROOT = "a host root such as {} (https, without a path)"


def _environment(prefix: str = "") -> SettingsConfigDict:
    return SettingsConfigDict(
        env_prefix=prefix, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )


class SlackSettings(BaseSettings):
    """How to reach Slack and be reached by it."""

    model_config = _environment("SLACK_")

    bot_token: Annotated[SecretStr, _starting("xoxb-", "xoxe.")] | None = Field(
        None, description="the bot token of the app's Install page; it starts with xoxb-"
    )
    app_token: Annotated[SecretStr, _starting("xapp-")] | None = Field(
        None, description="an app-level token with connections:write; it starts with xapp-"
    )
    signing_secret: SecretStr | None = Field(
        None, description="the Signing Secret of the app's Basic Information page"
    )
    client_id: str | None = Field(None, description="the Client ID of the app")
    client_secret: SecretStr | None = Field(None, description="the Client Secret of the app")
    api_url: WebRoot = Field(
        "https://slack.com/api", description="the root of Slack's Web API, https://slack.com/api"
    )


class MomoFlowSettings(BaseSettings):
    """Training completion."""

    model_config = _environment("MOMOFLOW_")

    api_key: SecretStr | None = Field(None, description="the secret key of the MomoFlow account")
    base_url: HostRoot = Field(
        "https://api.momoflow.com", description=ROOT.format("https://api.momoflow.com")
    )
    download_hosts: Words = Field(
        "", description="further hosts an export may be fetched from, separated by commas"
    )


class FlowAppSettings(BaseSettings):
    """Webinars."""

    model_config = _environment("FLOWAPP_")

    api_secret: SecretStr | None = Field(None, description="the API secret of the FLOW account")
    base_url: HostRoot = Field(
        "https://prod.flowapp.com", description=ROOT.format("https://prod.flowapp.com")
    )


class GiosgSettings(BaseSettings):
    """Website workflow exports."""

    model_config = _environment("GIOSG_")

    api_token: SecretStr | None = Field(None, description="an API token of the giosg account")
    base_url: HostRoot = Field(
        "https://api.giosg.com", description=ROOT.format("https://api.giosg.com")
    )
    service_url: HostRoot = Field(
        "https://service.giosg.com", description=ROOT.format("https://service.giosg.com")
    )


class SmartFlowsSettings(BaseSettings):
    """Document generation. The vendor has no common host: each project has its own."""

    model_config = _environment("SMARTFLOWS_")

    api_key: SecretStr | None = Field(None, description="the API key of the Smart Flows project")
    base_url: HostRoot | None = Field(
        None, description=ROOT.format("https://flows.example.com:8443")
    )


class SaferMeSettings(BaseSettings):
    """Field-report analytics: an e-mail with password, or a pair of tokens."""

    model_config = _environment("SAFERME_")

    email: str | None = Field(None, description="the e-mail address of the SaferMe account")
    password: SecretStr | None = Field(None, description="the password of the SaferMe account")
    access_token: SecretStr | None = Field(None, description="an access token of SaferMe")
    refresh_token: SecretStr | None = Field(None, description="the refresh token that goes with it")
    team_id: int | None = Field(None, description="the number of the SaferMe team, such as 7")
    base_url: HostRoot = Field(
        "https://api.safer.me", description=ROOT.format("https://api.safer.me")
    )
    download_hosts: Words = Field(
        "", description="further hosts a picture may be fetched from, separated by commas"
    )


class GeneralSettings(BaseSettings):
    """Where Flowbot keeps things, listens and logs, and what it does by default."""

    model_config = _environment()

    database_url: str = Field(
        "sqlite:///flowbot.db",
        pattern=r"^sqlite:///.+",
        description="sqlite:/// and a file, such as sqlite:///flowbot.db",
    )
    port: int = Field(3000, ge=0, le=65535, description="a port from 1 to 65535, or 0 for any")
    timezone: Annotated[str, AfterValidator(_zone)] = Field(
        "UTC", description="an IANA time zone such as Europe/Berlin"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="one of debug, info, warning, error"
    )
    log_format: Literal["text", "json"] = Field("text", description="text or json")
    in_doubt: Literal["resend", "hold"] = Field(
        "resend",
        description="resend or hold: what becomes of a message that may have been posted already "
        "when the process died, where the channel's history may not be read",
    )
    owner: str = Field(
        "", description="the Slack id of whoever runs Flowbot and is told when a key is refused"
    )
    largest_file_mb: int = Field(
        1000,
        ge=1,
        description="how many MB a file may have; Slack itself takes up to 1000",
    )
    assigners: Words = Field(
        "", description="the Slack ids of those who may assign training, or empty for all members"
    )


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
