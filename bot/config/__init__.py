"""Every setting, typed, read once from the environment and `.env`; never read at import.

A wrong value stops the start with the variable's name and what it should look like, never with the
value itself: it may be a secret that was pasted into the wrong line.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_settings import BaseSettings

from bot.config.own import NEW_KEY, GeneralSettings, SlackSettings
from bot.config.surroundings import file_problems, surrounding_problems
from bot.config.values import VendorSettings
from bot.errors import BotError


class SettingsError(BotError):
    """The start is stopped: each line names a variable and says what it should look like."""


OWN = ("slack", "general")
"""The blocks that are no vendor's."""
Blocks = Mapping[str, type[BaseSettings]]
VendorBlocks = Mapping[str, type[VendorSettings]]
"""By name of the feature."""
V = TypeVar("V", bound=VendorSettings)
B = TypeVar("B", bound=BaseSettings)
ONLY_APP_LEVEL = "SLACK_BOT_TOKEN is missing: SLACK_APP_TOKEN alone cannot post. Set both."
HALF_A_CLIENT = (
    "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together: workspaces install Flowbot with "
    "both. Set both or neither."
)
NO_KEYS = (
    "SECRET_KEYS is missing: the tokens of workspaces that install Flowbot are only kept "
    f"encrypted. Set it; {NEW_KEY} makes a key."
)
STEPS_FOR_OTHERS = (
    "SURFACES has steps, and SLACK_CLIENT_ID lets workspaces install Flowbot: Slack lets nobody "
    "else install an app with steps. Take steps out of SURFACES; for steps run a second Flowbot "
    "with an app of its own, from manifest.steps.yml, and without SLACK_CLIENT_ID."
)
NAMELESS_MODEL = (
    "AGENT_MODEL_NAME is missing: people are told which model words a line. Set it, or leave "
    "AGENT_MODEL_URL empty."
)
NO_MODEL: Mapping[str, Any] = {
    "agent_model_url": "",
    "agent_model_key": None,
    "agent_model_name": "",
}
"""The model is of the workspace whose token is in the environment, as all keys there are."""
UNSIGNED = (
    "SLACK_SIGNING_SECRET is missing: over HTTP each request is checked with it. "
    "Set it, or set SLACK_APP_TOKEN to use Socket Mode."
)
UNSIGNED_ASSISTANTS = (
    "SLACK_SIGNING_SECRET is missing: with mcp in SURFACES Slackbot comes over HTTP, which Socket "
    "Mode does not carry, and is known by its signature. Set it, or leave mcp out."
)


class Settings(BaseModel):
    """All settings. Built once, by `load` in the program and with keyword arguments in tests."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slack: SlackSettings
    general: GeneralSettings
    vendors: Mapping[str, VendorSettings]
    """By name of the feature."""

    @property
    def has_slack(self) -> bool:
        """Whether there is a Slack: a token, or workspaces that install; else only the sandbox."""
        slack = self.slack
        return bool(slack.bot_token or slack.app_token or slack.installs)

    @property
    def has_vendor(self) -> bool:
        """Whether any vendor's credential is set."""
        return any(block.has_credential for block in self.vendors.values())

    def of(self, block: type[V]) -> V:
        """Return the settings of one vendor. Raises LookupError where they were not loaded."""
        for each in self.vendors.values():
            if isinstance(each, block):
                return each
        raise LookupError(block.__name__)

    def block(self, name: str) -> BaseSettings:
        """Return a block by its name: slack, general, or that of a feature."""
        own: BaseSettings | None = getattr(self, name) if name in OWN else None
        return own or self.vendors[name]


def variables(vendors: VendorBlocks) -> dict[str, str]:
    """Return every environment variable with what it should look like."""
    return {
        variable_of(block, name): field.description or ""
        for block in _blocks(vendors).values()
        for name, field in block.model_fields.items()
    }


def load(vendors: VendorBlocks) -> Settings:
    """Read all settings, those of these vendors among them. Raises SettingsError."""
    if unreadable := list(file_problems()):
        raise SettingsError("\n".join(unreadable))
    problems = list(surrounding_problems())
    read: dict[str, Any] = {}
    for name, block in _blocks(vendors).items():
        try:
            read[name] = block()
        except ValidationError as error:
            problems += _explain(block, error)
    problems += _incomplete(read.get("slack"), read.get("general"))
    problems += [line for name in vendors if name in read for line in _lacking(read[name])]
    if problems:
        raise SettingsError("\n".join(problems))
    own = {name: read.pop(name) for name in OWN}
    return Settings(**own, vendors=read)


def with_values(settings: Settings, **blocks: Mapping[str, Any]) -> Settings:
    """Return the settings with some values replaced and checked, as {block: {field: value}}."""
    changed = {name: _replaced(settings.block(name), values) for name, values in blocks.items()}
    own = {name: changed.pop(name) for name in OWN if name in changed}
    return settings.model_copy(update={**own, "vendors": {**settings.vendors, **changed}})


def of_workspace(
    settings: Settings, vendors: Mapping[str, Mapping[str, Any]], *, owner: str
) -> Settings:
    """Return the settings of a workspace that installed Flowbot itself.

    Of its vendors it has only what it connected, as {feature: {field: value}}, and reaches them
    where everybody does; no key is read from the environment, and no model. `owner` is who is told
    when a key is refused.
    """
    blocks = {
        name: connected_or_off(block, vendors.get(name, {}))
        for name, block in settings.vendors.items()
    }
    own = {"owner": owner, "assigners": "", **NO_MODEL}
    general = settings.general.model_copy(update=own)
    return settings.model_copy(update={"general": general, "vendors": blocks})


def connected(block: V, values: Mapping[str, Any]) -> V:
    """Return a workspace's own settings of a vendor, reached at the places of `block`.

    Raises pydantic's ValidationError.
    """
    return _made(type(block), {**block.places, **values}).for_a_workspace()


def connected_or_off(block: V, values: Mapping[str, Any]) -> V:
    """Return the same, or settings without a key where what was kept is none any more."""
    try:
        return connected(block, values)
    except ValidationError:
        return connected(block, {})


def with_environment(settings: Settings, environment: Mapping[str, str]) -> Settings:
    """Return the settings with some read from these variables; others are not theirs to set."""
    blocks: dict[str, dict[str, Any]] = {}
    for name in (*OWN, *settings.vendors):
        block = type(settings.block(name))
        fields = {variable_of(block, field): field for field in block.model_fields}
        given = {fields[each]: value for each, value in environment.items() if each in fields}
        if given:
            blocks[name] = given
    return with_values(settings, **blocks)


def _replaced(block: BaseSettings, values: Mapping[str, Any]) -> BaseSettings:
    return _made(type(block), block.model_dump() | dict(values))


def _made(block: type[B], values: Mapping[str, Any]) -> B:
    made = block.__new__(block)
    # Not the block's own constructor, which would read the environment and `.env` once more.
    BaseModel.__init__(made, **values)
    return made


def _blocks(vendors: VendorBlocks) -> Blocks:
    return {"slack": SlackSettings, **vendors, "general": GeneralSettings}


def _incomplete(slack: SlackSettings | None, general: GeneralSettings | None) -> list[str]:
    if general is not None and general.agent_model_url and not general.agent_model_name:
        return [NAMELESS_MODEL]
    if slack is None:
        return []
    if bool(slack.client_id) != bool(slack.client_secret):
        return [HALF_A_CLIENT]
    if slack.app_token and not slack.bot_token and not slack.installs:
        return [ONLY_APP_LEVEL]
    return list(_unfit(slack, general))


def _unfit(slack: SlackSettings, general: GeneralSettings | None) -> Iterator[str]:
    """Yield what does not go together with the way in which Slack comes, and who installs."""
    surfaces = general.surfaces.split(",") if general else []
    if (slack.bot_token or slack.installs) and not slack.signing_secret:
        if not slack.app_token:
            yield UNSIGNED
        elif "mcp" in surfaces:
            yield UNSIGNED_ASSISTANTS
    if slack.installs and general is not None and general.secret_keys is None:
        yield NO_KEYS
    if slack.installs and "steps" in surfaces:
        yield STEPS_FOR_OTHERS


def _lacking(block: VendorSettings) -> list[str]:
    kind = type(block)
    return [
        f"{variable_of(kind, needed)} is missing: {variable_of(kind, name)} is of no use without "
        "it. Set both."
        for name, needed in block.needs.items()
        if getattr(block, name) is not None and getattr(block, needed) is None
    ]


def _explain(block: type[BaseSettings], error: ValidationError) -> list[str]:
    names = dict.fromkeys(str(problem["loc"][0]) for problem in error.errors())
    return [
        f"{variable_of(block, name)} should be {block.model_fields[name].description}."
        for name in names
    ]


def variable_of(block: type[BaseSettings], name: str) -> str:
    """Return the environment variable of a field of a block."""
    return f"{block.model_config.get('env_prefix', '')}{name}".upper()
