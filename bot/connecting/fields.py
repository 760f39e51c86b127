"""Which settings of a service its workspace may set, and how they are asked for.

Where a vendor has one address for everybody, nobody is asked for it: an address that somebody types
is one that this machine will call.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo

from bot.config import connected
from bot.config.values import VendorSettings
from bot.errors import UserError
from bot.http.public_hosts import is_public_name

ADDRESS: Final = "base_url"


@dataclass(frozen=True, slots=True)
class ConnectionField:
    """One input: `name` is the field of the settings, `about` what it should be."""

    name: str
    about: str
    is_secret: bool


def fields_of(block: type[VendorSettings]) -> tuple[ConnectionField, ...]:
    """Return what a workspace may set of a service, secrets first."""
    found = [
        ConnectionField(name, each.description or "", is_secret=_is_secret(each))
        for name, each in block.own_fields().items()
    ]
    return tuple(sorted(found, key=lambda each: not each.is_secret))


def settings_of(block: VendorSettings, values: Mapping[str, Any]) -> VendorSettings:
    """Return a workspace's own settings with these values, reached at the places of `block`.

    Raises UserError, which shows no value.
    """
    kind = type(block)
    about = {each.name: each.about for each in fields_of(kind)}
    try:
        settings = connected(block, {name: each for name, each in values.items() if each})
    except ValidationError as error:
        wrong = dict.fromkeys(str(each["loc"][0]) for each in error.errors())
        expected = " and ".join(about[name] for name in wrong if name in about)
        raise UserError(f"That's not what I need: {expected}.") from None
    if not settings.has_credential:
        raise UserError("Without a key I can't connect it. Fill one in.")
    for name, needed in kind.needs.items():
        if getattr(settings, name) is not None and getattr(settings, needed) is None:
            raise UserError(f"One thing is missing: {about[needed]}.")
    address = str(values.get(ADDRESS) or "")
    if address and not is_public_name(address):
        raise UserError("The address has to be a public name that begins with https://.")
    return settings


def _is_secret(each: FieldInfo) -> bool:
    return SecretStr in getattr(each.annotation, "__args__", (each.annotation,))
