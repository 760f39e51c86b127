"""What people write in a channel's canvas."""

from sandbox.slack.acting.desk import Desk
from sandbox.slack.changes import Change
from sandbox.slack.refusals import Refusal


def write_canvas(desk: Desk, channel: str, markdown: str, *, user: str) -> None:
    """Leave a channel's own canvas as this text; ValueError where this person could not."""
    place, person = desk.writable(channel, user), desk.person(user)
    canvases = desk.backend.workspace.canvases
    try:
        canvas = canvases.of(place.id) or canvases.create(
            "", title="", creator=person.id, channel=place.id, is_channels=True
        )
        canvas.write(markdown)
    except Refusal as refusal:
        raise ValueError(f"A canvas takes no such text: {refusal.body}") from None
    desk.backend.workspace.changes.announce(Change("canvas", channel=place.id))
