"""The settings of Slack, and of Flowbot itself."""

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings

from bot.config.values import (
    ROOT,
    HostRoot,
    WebRoot,
    Words,
    environment,
    fernet_keys,
    starting,
    workspace_ids,
    zone,
)

SURFACES: Final[tuple[str, ...]] = ("mcp", "steps", "agent", "links", "scoreboards")
"""The names of the surfaces that there are."""
MOST_DOMAINS: Final = 5
"""So many may stand in an app's manifest."""
_DOMAIN: Final = re.compile(r"(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*")
NEW_KEY = (
    "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
)
"""The command that prints a key for SECRET_KEYS."""


def _known_surfaces(value: str) -> str:
    """Return names of surfaces between commas."""
    if not set(filter(None, value.split(","))) <= set(SURFACES):
        raise ValueError(value)
    return value


def _few_domains(value: str) -> str:
    """Return names of hosts between commas, as many as an app may have and each once."""
    names = value.lower().split(",") if value else []
    plain = all(_DOMAIN.fullmatch(each) for each in names)
    if not plain or len(set(names)) < len(names) or len(names) > MOST_DOMAINS:
        raise ValueError(value)
    return ",".join(names)


class SlackSettings(BaseSettings):
    """How to reach Slack and be reached by it."""

    model_config = environment("SLACK_")

    bot_token: Annotated[SecretStr, starting("xoxb-", "xoxe.")] | None = Field(
        None, description="the bot token of the app's Install page; it starts with xoxb-"
    )
    app_token: Annotated[SecretStr, starting("xapp-")] | None = Field(
        None, description="an app-level token with connections:write; it starts with xapp-"
    )
    signing_secret: SecretStr | None = Field(
        None, description="the Signing Secret of the app's Basic Information page"
    )
    client_id: str | None = Field(
        None,
        pattern=r"^\d+\.\d+$",
        description="the Client ID of the app's Basic Information page, two numbers and a dot; "
        "with it workspaces install Flowbot themselves",
    )
    client_secret: SecretStr | None = Field(
        None, description="the Client Secret of the app's Basic Information page"
    )
    api_url: WebRoot = Field(
        "https://slack.com/api", description="the root of Slack's Web API, https://slack.com/api"
    )

    @property
    def installs(self) -> bool:
        """Whether workspaces may install Flowbot themselves."""
        return bool(self.client_id and self.client_secret)


class GeneralSettings(BaseSettings):
    """Where Flowbot keeps things, listens and logs, and what it does by default."""

    model_config = environment()

    database_url: str = Field(
        "sqlite:///flowbot.db",
        repr=False,  # it may hold a password
        pattern=r"^(sqlite:///[^:].*|postgres(ql)?://.+)",
        description="sqlite:/// and a file, such as sqlite:///flowbot.db, or the address of a "
        "Postgres, such as postgresql://user:password@host/database",
    )
    secret_keys: Annotated[SecretStr, AfterValidator(fernet_keys)] | None = Field(
        None,
        description="Fernet keys, separated by commas: the first encrypts the tokens that "
        f"vendors replace, all decrypt them; {NEW_KEY} makes one",
    )
    workspaces: Annotated[Words, AfterValidator(workspace_ids)] = Field(
        "",
        description="the ids of the workspaces (T...) and organisations (E...) that may install "
        "Flowbot, separated by commas; empty lets in every workspace of Slack",
    )
    public_url: HostRoot | Literal[""] = Field(
        "",
        description=f"{ROOT.format('https://flowbot.example.com')}, where browsers reach Flowbot's "
        "install page; empty where the app has one redirect URL",
    )
    port: int = Field(3000, ge=0, le=65535, description="a port from 1 to 65535, or 0 for any")
    listen_host: str = Field(
        "",
        description="the address to listen on, such as 0.0.0.0; empty for all, and with Socket "
        "Mode for 127.0.0.1 alone",
    )
    metrics_port: int = Field(
        0,
        ge=0,
        le=65535,
        description="a port from 1 to 65535 for metrics and health, another one for each process "
        "of a machine; or 0 for none",
    )
    metrics_host: str = Field(
        "127.0.0.1",
        min_length=1,
        description="the address of that port; nobody is asked there who they are, so that it is "
        "of this machine alone unless it is set to 0.0.0.0",
    )
    timezone: Annotated[str, AfterValidator(zone)] = Field(
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
        "",
        description="the Slack ids of those who may assign training and remind people of it, or "
        "empty for all members",
    )
    surfaces: Annotated[Words, AfterValidator(_known_surfaces)] = Field(
        "",
        description="further places in Slack where Flowbot is met, separated by commas: "
        "mcp, steps, agent, links, scoreboards; empty for none",
    )
    holidays: str = Field(
        "",
        pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,4})?)?$",
        description="the country, or a part of one, on whose public holidays people are asked and "
        "reminded of nothing, such as GB or DE-BY; empty for none",
    )
    link_domains: Annotated[Words, AfterValidator(_few_domains)] = Field(
        "",
        description="up to 5 domains, separated by commas, of whose links Slack tells Flowbot "
        '(learn.example.com); for the place "links" of SURFACES',
    )
    agent_model_url: WebRoot | Literal[""] = Field(
        "",
        description="the root of an API that speaks as OpenAI's does, such as "
        "https://models.example.com/v1 (https, or this machine), for the agent view alone: it "
        "words sentences that Flowbot does not understand; empty for none",
    )
    agent_model_key: SecretStr | None = Field(
        None, description="the key of that model, where it wants one"
    )
    agent_model_name: str = Field(
        "", description="the name of that model, which people are told; needed with its address"
    )
    quiet_report: bool = Field(
        default=True,
        description="true or false: whether a few admins are told once a week which digests and "
        "watches are quiet",
    )

    @property
    def lets_assistants(self) -> bool:
        """Whether assistants may ask, who come over HTTP however Slack's events come."""
        return "mcp" in self.surfaces.split(",")
