"""The secret header of a vendor: shown to that vendor alone, and taken out of all it says back."""

from dataclasses import dataclass

from pydantic import SecretStr

HIDDEN = "[hidden]"
SHORTEST_SECRET = 4
"""A shorter secret is not searched for: hiding it would blot out innocent text."""


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

    def hidden_in(self, text: str) -> str:
        """Return `text` with every occurrence of the secret replaced."""
        secret = self.secret.get_secret_value()
        return text.replace(secret, HIDDEN) if len(secret) >= SHORTEST_SECRET else text
