"""The page's addresses, put on the same server as the local Slack."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.slack import SlackSandbox
from sandbox.slack.changes import Change
from sandbox.slack.page.acts import Acts
from sandbox.slack.page.agent import AgentPanel
from sandbox.slack.page.assets import index, static
from sandbox.slack.page.canvases import CanvasPages
from sandbox.slack.page.guard import guarded
from sandbox.slack.page.guide import Guide
from sandbox.slack.page.links import Links
from sandbox.slack.page.panels import VendorPanel, Vendors
from sandbox.slack.page.reads import Reads
from sandbox.slack.page.slackbot import SlackbotPane
from sandbox.slack.page.stream import Stream
from sandbox.slack.page.times import Times
from sandbox.slack.page.workflows import WorkflowPanel

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler


def mount(
    app: web.Application,
    slack: SlackSandbox,
    vendors: Sequence[VendorPanel] = (),
    guide: Guide | None = None,
) -> None:
    """Add the page of `slack` at `/`, with the drawer of `vendors`, to an app not yet started."""
    reads, acts, links = Reads(slack, guide or Guide()), Acts(slack), Links(slack)
    stream, drawer = Stream(slack), Vendors(vendors)
    canvases, workflows, slackbot = CanvasPages(slack), WorkflowPanel(slack), SlackbotPane(slack)
    agent = AgentPanel(slack)
    gets: dict[str, Handler] = {
        "/": index,
        "/page/{mark:[0-9a-f]+}/{path:.+}": static,
        "/page/api/state": reads.state,
        "/page/api/messages": reads.messages,
        "/page/api/stream": stream.follow,
        "/page/api/home": reads.home,
        "/page/api/canvas": canvases.read,
        "/page/api/view": reads.view,
        "/page/api/calls": reads.calls,
        "/page/api/files/{id}/preview": reads.preview,
        "/page/api/files/{id}/{name}": reads.download,
        "/page/api/vendors": drawer.show,
        "/page/api/workflows": workflows.show,
        "/page/api/slackbot/tools": slackbot.tools,
        "/page/api/agent": agent.show,
    }
    posts: dict[str, Handler] = {
        "send": acts.send,
        "shortcut": acts.shortcut,
        "click": acts.click,
        "options": acts.options,
        "files": acts.attach,
        "submit": acts.submit,
        "close": acts.close,
        "home": acts.home,
        "canvas": canvases.write,
        "clock": Times(slack).move,
        "workflows/options": workflows.options,
        "workflows/run": workflows.run,
        "links/press": links.press,
        "links/pane": links.pane,
        "links/pane/press": links.press_in_pane,
        "links/compose": links.compose,
        "vendors/{name}/switches": drawer.set,
        "switches": drawer.set_everywhere,
        "slackbot/call": slackbot.call,
        "slackbot/press": slackbot.press,
        "agent/look": agent.look,
        "agent/press": agent.press,
        "agent/stop": agent.stop,
    }
    for path, handler in gets.items():
        app.router.add_get(path, guarded(handler))
    for name, handler in posts.items():
        app.router.add_post(f"/page/api/{name}", guarded(handler))
    app.on_shutdown.append(stream.close)
    _announce(slack, vendors)


def _announce(slack: SlackSandbox, vendors: Sequence[VendorPanel]) -> None:
    slack.clock.on_move(lambda: slack.changes.announce(Change("clock")))
    for vendor in vendors:
        vendor.on_change(lambda: slack.changes.announce(Change("vendor_call")))
