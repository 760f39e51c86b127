"""The secret header of a vendor: shown to that vendor alone, and taken out of all it says back."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import SecretStr

from bot.redaction import HIDDEN, without_secrets

SHORTEST_SECRET = 4
"""A shorter secret is not searched for: hiding it would blot out innocent text."""
MOST_HIDDEN = 20


@dataclass(frozen=True, slots=True)
class SecretHeader:
    """A request header that carries a credential, such as `Authorization: Bearer <key>`.

    `prefix` stands before the secret, with its blank: "Bearer ", "Token ", "Token token=" or "".
    Raises ValueError, without quoting it, for a secret that no header can carry.
    """

    name: str
    secret: SecretStr
    prefix: str = ""

    def __post_init__(self) -> None:
        value = self.secret.get_secret_value()
        if not value or not value.isascii() or not value.isprintable() or value != value.strip():
            raise ValueError(f"the credential for {self.name} is empty or no plain ASCII text")

    def value(self) -> str:
        """Return the header's whole value, to be handed to the transport and kept nowhere."""
        return self.prefix + self.secret.get_secret_value()


class Credentials:
    """The secret headers of one client, replaceable while it runs.

    What was ever sent, and what was named as hidden, stays hidden in the vendor's words, too.
    """

    __slots__ = ("_hidden", "headers")

    def __init__(self, headers: Iterable[SecretHeader], *, hidden: Iterable[SecretStr]) -> None:
        """Send `headers`; `hidden` are secrets that never travel in a header."""
        self._hidden: deque[str] = deque(maxlen=MOST_HIDDEN)
        self.headers: tuple[SecretHeader, ...] = ()
        self.replace(headers, hidden=hidden)

    def replace(self, headers: Iterable[SecretHeader], *, hidden: Iterable[SecretStr]) -> None:
        """Send other headers from the next request on."""
        self.headers = tuple(headers)
        for secret in (*(header.secret for header in self.headers), *hidden):
            value = secret.get_secret_value()
            if len(value) >= SHORTEST_SECRET and value not in self._hidden:
                self._hidden.append(value)

    def hidden_in(self, text: str) -> str:
        """Return `text` with every occurrence of a secret, and what looks like one, replaced."""
        for secret in sorted(self._hidden, key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
        return without_secrets(text)
