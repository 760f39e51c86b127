"""Which of several did you mean? One button for each, so that nothing has to be typed again."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.asking.core.arguments import quoted
from bot.asking.core.finder import Choice, told_apart
from bot.slack.blocks.blocks import Element, actions, button, message, paragraph, plain, section
from bot.slack.blocks.budget import LIMITS, cut
from bot.slack.blocks.ids import Action, BlockId
from bot.slack.blocks.inputs import option
from bot.slack.messages import Block, Message


def pick_list(
    typed: str,
    choices: Sequence[Choice],
    *,
    noun: str,
    value: Callable[[Choice], str],
    lead: str = "",
    ways: tuple[Element, ...] = (),
) -> Message:
    """Return the choices, for the asker alone; `value` makes what comes back on a click.

    `lead` asks another question than which of those that fit is meant; `ways` are buttons for what
    else can be done.
    """
    fitting = f"{quoted(typed)} fits {len(choices)} {noun}s. Which one?"
    if len(choices) == 1:
        fitting = f"{quoted(typed)} fits one {noun}. Is it this one?"
    lead = lead or fitting
    names = ", ".join(each.name for each in choices)
    if len(choices) == 1 and lead != fitting:
        yes = button(f"Yes, {names}", Action.PICK, value=value(choices[0]))
        row = actions(BlockId.CHOICES, yes, *ways)
        return message(lead, paragraph(plain(lead)), row)
    more = (actions(BlockId.CHOICES, *ways),) if ways else ()
    return message(
        f"{lead} {names}",
        paragraph(plain(lead)),
        *(_listed(each, value(each)) for each in choices),
        *more,
    )


def choice_options(choices: Sequence[Choice], query: str) -> list[Element]:
    """Return the options of a searched select for what was typed so far, beginnings first."""
    wanted = query.strip().casefold()
    found = sorted(
        (
            each
            for each in told_apart(choices)
            if wanted in each.name.casefold() or wanted == each.id
        ),
        key=lambda each: (not each.name.casefold().startswith(wanted), each.name.casefold()),
    )
    usable = (each for each in found if 0 < len(each.id) <= LIMITS.option_value)
    return [option(option_label(each), each.id) for each in usable][: LIMITS.options]


def option_label(choice: Choice) -> str:
    """Return what a choice is called in a select: of a long name the end is cut, not the detail.

    The detail is what tells those of one name apart.
    """
    rest = _label(replace(choice, name=""))
    return f"{cut(choice.name, max(1, LIMITS.option_label - len(rest)))}{rest}"


def _listed(choice: Choice, value: str) -> Block:
    chosen = button("This one", Action.PICK, value=value, spoken=f"Choose {choice.name}")
    return {**section(_label(choice)), "accessory": chosen}


def _label(choice: Choice) -> str:
    return f"{choice.name} · {choice.detail}" if choice.detail else choice.name
