"""Who the app is in this workspace: its ids, and tokens that are made up for one instance."""

import secrets
from dataclasses import dataclass, field


def _fake(prefix: str) -> str:
    return f"{prefix}-sandbox-not-a-real-token-{secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True)
class Identity:
    """The app, its bot and its workspace. An `enterprise_id` makes it part of an organisation.

    `mark` stands in every id that is handed out, so that another instance hands out others.
    """

    team_id: str = "TLUMEN"
    team_name: str = "Lumen Works"
    team_domain: str = "lumen-works"
    enterprise_id: str = ""
    enterprise_name: str = ""
    app_id: str = "AFLOWBOT"
    bot_id: str = "BFLOWBOT"
    bot_user_id: str = "UFLOWBOT"
    bot_token: str = field(default_factory=lambda: _fake("xoxb"))
    app_token: str = field(default_factory=lambda: _fake("xapp"))
    signing_secret: str = field(default_factory=lambda: f"sandbox-{secrets.token_hex(12)}")
    verification_token: str = "sandbox-verification"
    mark: str = ""

    @property
    def team(self) -> dict[str, str]:
        """The `team` object of a payload."""
        return {"id": self.team_id, "domain": self.team_domain}

    @property
    def enterprise(self) -> dict[str, str] | None:
        """The `enterprise` object of a payload, None outside an organisation."""
        if not self.enterprise_id:
            return None
        return {"id": self.enterprise_id, "name": self.enterprise_name}
