"""What a setting may look like: checks that raise ValueError and never show the value."""

import re
from base64 import b64decode
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, PrivateAttr, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

KEY_BYTES = 32
_WORKSPACE = re.compile(r"[TE][A-Z0-9]+")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def web_root(value: str) -> str:
    """Return an https address without a slash at its end; http only to this machine."""
    parts = urlsplit(value)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    named = parts.hostname and parts.port != 0  # a port that is no number raises ValueError
    if not secure or not named or parts.query or parts.fragment or parts.username:
        raise ValueError(value)
    return value.rstrip("/")


def host_root(value: str) -> str:
    """Return a web root without a path."""
    root = web_root(value)
    if urlsplit(root).path:
        raise ValueError(value)
    return root


def zone(value: str) -> str:
    """Return an IANA time zone that this machine knows."""
    try:
        return ZoneInfo(value).key
    except (LookupError, OSError) as error:  # an unknown name, or that of a folder
        raise ValueError(value) from error


def starting(*prefixes: str) -> AfterValidator:
    """Return the check that a secret begins in one of these ways."""

    def check(value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(prefixes):
            raise ValueError(prefixes)
        return value

    return AfterValidator(check)


def workspace_ids(value: str) -> str:
    """Return ids of workspaces and organisations between commas."""
    if not all(_WORKSPACE.fullmatch(each) for each in filter(None, value.split(","))):
        raise ValueError(value)
    return value


def fernet_keys(value: SecretStr) -> SecretStr:
    """Return Fernet keys between commas, without spaces.

    Fernet itself passes over whatever follows a key, such as a second one after a blank.
    """
    keys = words(value.get_secret_value())
    for each in keys.split(","):
        if len(b64decode(each, altchars="-_", validate=True)) != KEY_BYTES:
            raise ValueError(KEY_BYTES)
    return SecretStr(keys)


def words(value: str) -> str:
    """Return what stands between commas, without spaces and empty parts."""
    return ",".join(part.strip() for part in value.split(",") if part.strip())


WebRoot = Annotated[str, AfterValidator(web_root)]
HostRoot = Annotated[str, AfterValidator(host_root)]
Words = Annotated[str, AfterValidator(words)]
ROOT = "a host root such as {} (https, without a path)"


def environment(prefix: str = "") -> SettingsConfigDict:
    """Return where a block is read from: variables with this prefix, then `.env`."""
    return SettingsConfigDict(
        env_prefix=prefix, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )


def _is_place(name: str, field: FieldInfo) -> bool:
    return name.endswith(("_url", "_hosts")) and field.default is not None


class VendorSettings(BaseSettings):
    """The settings of one vendor: at least one secret, and where to reach it."""

    needs: ClassVar[Mapping[str, str]] = {}
    """Which field each of some fields is of no use without."""
    _of_a_workspace: bool = PrivateAttr(default=False)

    @classmethod
    def own_fields(cls) -> dict[str, FieldInfo]:
        """Return what a workspace may set for itself: not where a vendor is reached by everybody.

        An address that somebody types is one that this machine will call.
        """
        return {name: each for name, each in cls.model_fields.items() if not _is_place(name, each)}

    @property
    def places(self) -> dict[str, Any]:
        """Where the vendor is reached, as far as that is the same for everybody."""
        return {
            name: getattr(self, name)
            for name, each in type(self).model_fields.items()
            if _is_place(name, each)
        }

    @property
    def is_of_a_workspace(self) -> bool:
        """Whether a workspace set them for itself: then no address of theirs is trusted."""
        return self._of_a_workspace

    def for_a_workspace(self) -> Self:
        """Return the same settings, as those that a workspace set for itself."""
        copied = self.model_copy()
        copied._of_a_workspace = True  # noqa: SLF001  # our own, of a copy
        return copied

    @property
    def has_credential(self) -> bool:
        """Whether any secret is set, whatever its name: then nothing made up may answer."""
        return any(isinstance(getattr(self, name), SecretStr) for name in type(self).model_fields)
