"""The channels of the sample workspace."""

from dataclasses import dataclass

from sandbox.slack.people import PARTNER


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel or a direct message (`is_im`, then `user` is the person on the other side).

    `connected` are the workspaces of other organisations that it is shared with, `invited` those
    that have not accepted yet. `is_org_shared` says that workspaces of one's own organisation share
    it, `is_frozen` that the connection was cut.
    """

    id: str
    name: str
    members: tuple[str, ...] = ()
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False
    is_org_shared: bool = False
    is_frozen: bool = False
    connected: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    user: str = ""
    purpose: str = ""

    @property
    def is_ext_shared(self) -> bool:
        """Whether another organisation reads along."""
        return bool(self.connected)

    @property
    def kind(self) -> str:
        """The scope family: `channels`, `groups` or `im`."""
        if self.is_im:
            return "im"
        return "groups" if self.is_private else "channels"

    @property
    def payload_name(self) -> str:
        """The name that commands and interactions carry, which hides private ones."""
        if self.is_im:
            return "directmessage"
        return "privategroup" if self.is_private else self.name


def sample_channels(bot: str) -> list[Channel]:
    """Return channels of every kind, with and without the bot."""
    staff = ("UADA", "UGRACE", "ULIN")
    together = ("UADA", "UGRACE", "UPARTNER")
    return [
        Channel("CGENERAL", "general", (*staff, bot), purpose="For everybody"),
        Channel("CTRAIN", "training", (*staff, "UGUEST", bot), purpose="Onboarding and courses"),
        Channel("CFIELD", "field-reports", (*staff, bot), purpose="Reports from the field"),
        Channel("CRANDOM", "random", staff, purpose="Anything else"),
        Channel("GLEADS", "leads", ("UADA", "UGRACE"), is_private=True),
        Channel("CSHARED", "partners", (*together, bot), connected=(PARTNER,)),
        Channel("CARCHIVE", "old-stuff", ("UADA", bot), is_archived=True),
    ]
