"""Whether something comes of what is typed or pressed: an answer, a window, a file; no failure."""

from collections.abc import Awaitable
from typing import Any

from bot.slack.blocks.ids import Action
from sandbox.slack import Outcome
from tests.asking.seeing import interactive
from tests.stage import Stage

SOMETHING = "something"


def lines_of(page: Any) -> list[str]:
    """Return what the examples of a page say to type."""
    return [
        item["elements"][0]["text"]
        for block in page.blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        if element["type"] == "rich_text_list"
        for item in element["elements"]
    ]


async def came_of(stage: Stage, doing: Awaitable[Outcome]) -> str:
    """Return SOMETHING, or what is wrong, of a command or a click; what was opened is closed."""
    before, failed = seen(stage), await failures(stage)
    outcome = await doing
    if outcome.error or outcome.status != 200:
        return f"{outcome.status} {outcome.error}"
    if view := stage.slack.view_of("UADA"):
        await stage.slack.close_view(view, everything=True)
        return SOMETHING if view.callback_id != "notice" else str(view.blocks)
    if new := [each for each in await failures(stage) if each not in failed]:
        return SOMETHING if offers_choice(stage) else str(new)
    return SOMETHING if seen(stage) != before else f"nothing but {outcome.text!r}"


def offers_choice(stage: Stage) -> bool:
    """Return whether Ada was asked last which of several things she means, with a button each."""
    last = stage.slack.ephemerals("UADA")[-1:]
    return any(each["action_id"] == Action.PICK for one in last for each in interactive(one.blocks))


def seen(stage: Stage) -> list[str]:
    """Return the messages that Ada sees of the bot where she is."""
    shown = [*stage.said(), *stage.said("DADA"), *stage.slack.ephemerals("UADA")]
    return [each.ts for each in shown]


async def failures(stage: Stage) -> list[Any]:
    """Return the jobs and messages that came to nothing."""
    jobs = await stage.rows("SELECT id, name, error FROM jobs WHERE error <> ''")
    told = await stage.rows("SELECT id, key, error FROM ledger WHERE state NOT IN ('sent')")
    return [tuple(each.values()) for each in (*jobs, *told)]
