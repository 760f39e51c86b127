"""What a flow is, and which Smart Flows project this is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import weekday_and_day
from bot.asking.rendering.offers import offer, opening
from bot.asking.rendering.shape import Shape, laid_out
from bot.runs.core.command import WatchFlow
from bot.runs.core.history import Usual
from bot.runs.ids import RunCallback
from bot.runs.model import Account, Flow, SystemInfo
from bot.runs.question import RunsQuestion
from bot.runs.rendering.lists import OWN_ONLY
from bot.runs.rendering.words import SOURCE, panel, usually, vendor_words
from bot.slack.blocks.blocks import paragraph, plain
from bot.slack.blocks.wording import counted
from bot.slack.messages import Answer

_INPUTS: Final = {
    "none": "Starts without input",
    "user": "Needs XML as its input",
    "plugin": "Gets its input from a plug-in",
}


@dataclass(frozen=True, slots=True)
class System:
    """The vendor's installation, and whom Flowbot is there; `account` where that is known."""

    info: SystemInfo
    account: Account | None = None
    panel_url: str = ""


def flow_details(flow: Flow, occasion: Occasion, *, known: Usual | None, panel_url: str) -> Answer:
    """Return what a flow does and takes, and what can be done with it."""
    way_out = panel("Open in Smart Flows", panel_url)
    shape = Shape(
        news=vendor_words(flow.name) or flow.id,
        changed=vendor_words(flow.description),
        body=(
            paragraph(plain(" · ".join(_traits(flow, known)))),
            *([paragraph(*way_out)] if way_out else []),
        ),
        buttons=(
            *opening("Run", RunCallback.RUN_FLOW, about=flow.id, style="primary"),
            *offer("Last 7 days", RunsQuestion(flow.name, flow.id), spoken="How its runs went"),
            *opening("Run without questions", RunCallback.RUN_BATCH, about=flow.id),
            *offer("Watch here", WatchFlow(flow.id)),
        ),
        facts=(_changed(flow), SOURCE),
        orders=False,
        exports=False,
    )
    return laid_out(shape, occasion)


def system_info(system: System, occasion: Occasion) -> Answer:
    """Return which project and version this is, and what Flowbot may see there."""
    info, account = system.info, system.account
    way_out = panel("Open Smart Flows", system.panel_url)
    name = vendor_words(info.name) or "Smart Flows"
    version = f"Version {vendor_words(info.version)}" if info.version else ""
    role = vendor_words(info.role)
    user = f"Account: {vendor_words(account.name)}" if account and account.name else ""
    shape = Shape(
        news=f"Smart Flows is connected: {name}",
        changed=", ".join(filter(None, (version, role))),
        body=(paragraph(*way_out),) if way_out else (),
        buttons=offer("Latest runs", RunsQuestion(which="latest")),
        facts=(user, OWN_ONLY if account and account.sees_only_own else "", SOURCE),
        orders=False,
        exports=False,
    )
    return laid_out(shape, occasion)


def _traits(flow: Flow, known: Usual | None) -> Iterator[str]:
    given = _INPUTS.get(flow.input, "")
    named = vendor_words(flow.input_name)
    yield f"{given} ({named})" if given and named else given or "Runs in Smart Flows"
    if flow.asks_first:
        yield "asks its questions first"
    if known:
        yield f"{usually(known)} ({counted(known.runs, 'run')})"


def _changed(flow: Flow) -> str:
    return f"Last changed {weekday_and_day(flow.modified_at)}" if flow.modified_at else ""
