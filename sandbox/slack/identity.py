"""Who the app is in this workspace: its ids, and tokens that are made up for one instance."""

import secrets
from dataclasses import dataclass, field, replace


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
    client_id: str = "1000.2000"
    client_secret: str = field(default_factory=lambda: f"sandbox-{secrets.token_hex(12)}")
    mark: str = ""

    def elsewhere(self, team_id: str, *, name: str, enterprise_id: str = "") -> "Identity":
        """Return the same app in another workspace: its bot there, and ids that nobody else has.

        In an organisation the bot is the same in all workspaces.
        """
        home = enterprise_id or team_id
        return replace(
            self,
            team_id=team_id,
            team_name=name,
            team_domain=name.lower().replace(" ", "-"),
            enterprise_id=enterprise_id,
            enterprise_name=f"Organisation of {name}" if enterprise_id else "",
            bot_id=f"B{home}",
            bot_user_id=f"U{home}",
            bot_token=_fake("xoxb"),
            mark=f"{self.mark}{team_id.lower()}",
        )

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
