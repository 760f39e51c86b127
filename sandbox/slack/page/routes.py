"""The page's addresses, put on the same server as the local Slack."""

from collections.abc import Sequence
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.slack import SlackSandbox
from sandbox.slack.changes import Change
from sandbox.slack.page.acts import Acts
from sandbox.slack.page.answers import Refused
from sandbox.slack.page.guard import guarded
from sandbox.slack.page.panels import VendorPanel, Vendors
from sandbox.slack.page.reads import Reads
from sandbox.slack.page.stream import Stream

STATIC = Path(__file__).resolve().parent / "static"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


def mount(
    app: web.Application, slack: SlackSandbox, vendors: Sequence[VendorPanel] = ()
) -> None:
    """Add the page of `slack` at `/`, with the drawer of `vendors`, to an app not yet started."""
    reads, acts, stream, drawer = Reads(slack), Acts(slack), Stream(slack), Vendors(vendors)
    gets: dict[str, Handler] = {
        "/": _index,
        "/page/{path:.+}": _static,
        "/page/api/state": reads.state,
        "/page/api/messages": reads.messages,
        "/page/api/stream": stream.follow,
        "/page/api/home": reads.home,
        "/page/api/view": reads.view,
        "/page/api/calls": reads.calls,
        "/page/api/files/{id}/preview": reads.preview,
        "/page/api/files/{id}/{name}": reads.download,
        "/page/api/vendors": drawer.show,
    }
    posts: dict[str, Handler] = {
        "send": acts.send,
        "shortcut": acts.shortcut,
        "click": acts.click,
        "options": acts.options,
        "submit": acts.submit,
        "close": acts.close,
        "home": acts.home,
        "clock": acts.clock,
        "vendors/{name}/switches": drawer.set,
    }
    for path, handler in sorted(gets.items(), key=lambda one: one[0] == "/page/{path:.+}"):
        app.router.add_get(path, guarded(handler))
    for name, handler in posts.items():
        app.router.add_post(f"/page/api/{name}", guarded(handler))
    app.on_shutdown.append(stream.close)
    _announce(slack, vendors)


def _announce(slack: SlackSandbox, vendors: Sequence[VendorPanel]) -> None:
    slack.clock.on_move(lambda: slack.changes.announce(Change("clock")))
    for vendor in vendors:
        vendor.on_change(lambda: slack.changes.announce(Change("vendor_call")))


async def _index(_request: web.Request) -> web.StreamResponse:
    return _served(STATIC / "index.html")


async def _static(request: web.Request) -> web.StreamResponse:
    path = (STATIC / request.match_info["path"]).resolve()
    if not path.is_relative_to(STATIC) or path.suffix not in _TYPES or not path.is_file():
        raise Refused("There is no such page.", status=404)
    return _served(path)


def _served(path: Path) -> web.FileResponse:
    return web.FileResponse(path, headers={"Content-Type": f"{_TYPES[path.suffix]}; charset=utf-8"})
