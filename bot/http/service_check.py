"""What a harmless call said of a vendor's credential."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ServiceCheck:
    """A credential works, and this is what the vendor tells of it besides: empty where nothing.

    `account` is whose it is, `quota` what may be used or is left, both in the vendor's words.
    `ends_at` is when the credential ends. `lacks` are sentences: what will not work with it.
    """

    account: str = ""
    quota: str = ""
    ends_at: datetime | None = None
    lacks: tuple[str, ...] = ()
