"""The stand-in's export links: made by a report call, opened by a download, dead after a while."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from aiohttp import web

from sandbox.clock import SandboxClock
from sandbox.vendors.momoflow.files import EXTENSIONS, MIME_TYPES
from sandbox.vendors.switches import Switches

MOST_LINKS = 100


@dataclass(frozen=True, slots=True)
class Link:
    """One exported file and until when it can be fetched."""

    id: str
    content: bytes
    form: str
    flow_id: str
    expires_at: datetime


class Links:
    """The newest MOST_LINKS exports."""

    def __init__(self, switches: Switches, clock: SandboxClock) -> None:
        """Let links expire on `clock`."""
        self._switches = switches
        self._clock = clock
        self._links: OrderedDict[str, Link] = OrderedDict()
        self._made = 0

    def make(self, content: bytes, *, form: str, flow_id: str) -> Link:
        """Keep a file and return its link."""
        self._made += 1
        life = timedelta(minutes=self._switches.number("link_minutes"))
        link = Link(f"exp_{self._made:06d}", content, form, flow_id, self._clock.now() + life)
        self._links[link.id] = link
        while len(self._links) > MOST_LINKS:
            self._links.popitem(last=False)
        return link

    def answer(self, link_id: str) -> web.Response:
        """Return the file, or the refusal of a link that is unknown or expired."""
        link = self._links.get(link_id)
        if link is None:
            return refused(404, "not_found", "Export does not exist")
        if self._clock.now() >= link.expires_at:
            status = int(self._switches.choice("expired_answer"))
            return refused(status, "expired", "This export link has expired")
        response = web.Response(body=link.content, headers={"Content-Type": MIME_TYPES[link.form]})
        if not self._switches.on("download_plain_name"):
            name = f"{link.flow_id}-report.{EXTENSIONS[link.form]}"
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        if self._switches.on("download_chunked"):
            response.enable_chunked_encoding()
        return response


def refused(status: int, error: str, message: str) -> web.Response:
    """Return a refusal in the vendor's flat form."""
    code = HTTPStatus(status)
    return web.json_response({"error": error, "message": message}, status=code)
