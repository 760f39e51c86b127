"""What came of a typed line: the exact question, order, choice, window or sentence."""

from bot.asking.core.retyping import TypedLine
from bot.asking.question import QuestionKinds
from bot.asking.rendering.presses import press_of
from bot.assembly.features import kinds_of
from bot.codec import loads
from bot.slack.blocks.ids import Action, BlockId
from sandbox.slack import Message, Outcome
from tests.asking.seeing import interactive
from tests.stage import Stage

KINDS: QuestionKinds = kinds_of()
A_WHILE = 61
"""Seconds after which somebody may say as much again."""
CONFIRMS = ("Yes, send it", "Yes, do it", "Open the form")


async def came_of(stage: Stage, line: str, *, channel: str = "CTRAIN") -> str:
    """Type a line and return what came of it, in one line of words.

    One without a slash is said to the bot: in the channel after a mention, else directly. "ask" is
    a question as it can be typed again, "order" a digest with its schedule, zone and conversation,
    "choose" what the buttons of a question say and how much is in its menu, "form" a window by its
    callback id, "shows" what the button types that confirms it, "help" the help, "do" any other job
    with what it said, and "says" a mere sentence.
    """
    before = await _latest(stage)
    whispers = len(stage.slack.ephemerals("UADA"))
    window = stage.slack.view_of("UADA")
    direct = stage.slack.workspace.direct_message("UADA").id
    direct_ones = len(stage.said(direct))
    outcome = await _typed(stage, line, channel)
    jobs = await stage.rows("SELECT name FROM jobs WHERE id > :id ORDER BY id", id=before[2])
    named = [row["name"] for row in jobs if row["name"] != "line"]  # plain words become another
    job = named[0] if named else ""
    asked, ordered = await _asked(stage, before[0]), await _ordered(stage, before[1])
    if ordered:
        return ordered
    if asked and job in KINDS:
        return f"ask {asked}"
    opened = stage.slack.view_of("UADA")
    if opened is not None and opened is not window:
        await stage.slack.close_view(opened)
        return f"form {opened.callback_id}"
    whispered = [*stage.slack.ephemerals("UADA")[whispers:], *stage.said(direct)[direct_ones:]]
    said = _said(whispered, outcome.text)
    if not job and said.startswith("choose ") and not _is_choice(whispered[-1]):
        return "help"
    shown = said.startswith("choose ") and not _is_choice(whispered[-1])
    done = job and job not in KINDS and (shown or not said.startswith("choose "))
    return f"do {job}" if done else said


async def _typed(stage: Stage, line: str, channel: str) -> Outcome:
    if line.startswith("/"):
        return await stage.command(line, channel=channel)
    stage.clock.advance(seconds=A_WHILE)
    direct = stage.slack.workspace.direct_message("UADA").id
    outcome = await stage.slack.say(
        line, user="UADA", channel=channel if line.startswith("@") else direct
    )
    await stage.settle()
    return outcome


def _said(whispered: list[Message], text: str) -> str:
    if not whispered:
        return f"says {text}" if text else "nothing"
    last = whispered[-1]
    for each in _buttons(last):
        if _label(each) in CONFIRMS:
            typed = press_of(str(each["value"]))
            assert isinstance(typed, TypedLine)
            return f"shows {typed.command} {typed.text}"
    labels = [*_of_menus(last), *(_label(each) for each in _buttons(last))]
    if labels:
        return f"choose {' | '.join(labels)}"
    return f"says {last.text}"


def _is_choice(message: Message) -> bool:
    """Return whether the buttons are those of a question, and not of the help."""
    asked = {BlockId.CHOICES, BlockId.FAILURE_BUTTONS}
    return any(block.get("block_id") in asked for block in message.blocks)


def _buttons(message: Message) -> list[dict[str, object]]:
    return [each for each in interactive(message.blocks) if each["type"] == "button"]


def _of_menus(message: Message) -> list[str]:
    """Return of each menu of a question how much there is to choose from, and the first of it."""
    menus = [each for each in interactive(message.blocks) if each["action_id"] == Action.PICK]
    found = [each["options"] for each in menus if "options" in each]
    return [f"{len(options)} from {options[0]['text']['text']}" for options in found]


def _label(button: dict[str, object]) -> str:
    text = button["text"]
    assert isinstance(text, dict)
    label = str(text["text"])
    spoken = str(button.get("accessibility_label") or "")
    return spoken.removeprefix("Choose ") if spoken.startswith("Choose ") else label


async def _latest(stage: Stage) -> list[int]:
    """Return the last numbers of messages, digests and jobs."""
    tables = ("ledger", "subscriptions", "jobs")
    found = [await stage.rows(f"SELECT COALESCE(MAX(id), 0) AS n FROM {each}") for each in tables]  # noqa: S608  # names of ours
    return [int(row["n"]) for [row] in found]


async def _asked(stage: Stage, after: int) -> str:
    rows = await stage.rows(
        "SELECT question FROM ledger WHERE id > :after ORDER BY id", after=after
    )
    for row in rows:
        kept = loads(row["question"] or "{}")
        if kept:
            kind = KINDS[kept["kind"]]
            return kind.command_words(kind.of_row(kept["asked"]))
    return ""


async def _ordered(stage: Stage, after: int) -> str:
    rows = await stage.rows("SELECT * FROM subscriptions WHERE id > :after", after=after)
    if not rows:
        return ""
    [row] = rows
    kind = KINDS[row["kind"]]
    question = kind.of_row(loads(row["question"]))
    about = kind.words(question) if kind.implied else kind.order_words(question)
    where = "" if row["channel"] == "CTRAIN" else f" in {row['channel']}"
    return f"order {about}: {row['cron']} {row['zone']}{where}"
