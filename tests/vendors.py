"""The vendors that tests walk with the secrets of all settings, and one vendor that is made up."""

from collections.abc import Iterator

from pydantic_settings import BaseSettings

from bot.assembly.features import FEATURES
from bot.config import variable_of
from bot.config.own import SlackSettings
from bot.errors import Vendor

VENDORS = tuple(each.vendor for each in FEATURES)
EXAMPLE = Vendor("newvendor", title="newvendor", variables="its credential")


def secrets_in(block: type[BaseSettings]) -> Iterator[str]:
    """Yield the fields of a block that hold a secret."""
    for name, field in block.model_fields.items():
        if "SecretStr" in str(field.annotation):
            yield name


VENDOR_SECRETS = tuple(
    variable_of(each.settings, name) for each in FEATURES for name in secrets_in(each.settings)
)
SECRETS = (
    *(variable_of(SlackSettings, name) for name in secrets_in(SlackSettings)),
    "AGENT_MODEL_KEY",
    *VENDOR_SECRETS,
)
"""The environment variables that hold a secret."""
