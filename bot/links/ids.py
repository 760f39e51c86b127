"""Names that come back from Slack in interactions about links."""

from enum import StrEnum


class LinksCallback(StrEnum):
    """Callback ids of modals."""

    ADD = "add_links"


class LinksAction(StrEnum):
    """Action ids of buttons and inputs."""

    OPEN = "open_links"
    """Opens the window in which links are added."""
    KIND = "links_kind"
    EXAMPLE = "links_example"
    PATTERN = "links_pattern"
