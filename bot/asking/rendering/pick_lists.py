"""Which of several did you mean? One button for each, so that nothing has to be typed again."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.asking.core.arguments import quoted
from bot.asking.core.finder import Choice, told_apart
from bot.slack.blocks.blocks import Element, actions, button, message, paragraph, plain
from bot.slack.blocks.budget import LIMITS, cut
from bot.slack.blocks.ids import Action, BlockId
from bot.slack.blocks.inputs import option
from bot.slack.blocks.wording import some_of
from bot.slack.messages import Message


def pick_list(
    typed: str,
    choices: Sequence[Choice],
    *,
    noun: str,
    value: Callable[[Choice], str],
    menu: tuple[Element, ...] = (),
    lead: str = "",
    ways: tuple[Element, ...] = (),
) -> Message:
    """Return the choices, for the asker alone; `value` makes what comes back on a click.

    `menu` has them all where they are too many for buttons. `lead` asks another question than which
    of those that fit is meant; `ways` are buttons for what else can be done.
    """
    fitting = _fitting(typed, choices, noun)
    lead = lead or fitting
    labels = labels_of(choices)
    if len(choices) == 1 and lead != fitting:
        yes = button(f"Yes, {choices[0].name}", Action.PICK, value=value(choices[0]))
        return message(lead, paragraph(plain(lead)), actions(BlockId.CHOICES, yes, *ways))
    buttons = menu or tuple(
        button(label, Action.PICK, value=value(each), spoken=f"Choose {_label(each)}")
        for each, label in zip(choices, labels, strict=True)
    )
    return message(
        f"{lead} {some_of(labels)}",
        paragraph(plain(lead)),
        actions(BlockId.CHOICES, *buttons, *ways),
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


def _fitting(typed: str, choices: Sequence[Choice], noun: str) -> str:
    """Return how many things fit what was typed; what they are all called, if one name has all."""
    if len(choices) == 1:
        return f"{quoted(typed)} fits one {noun}. Is it this one?"
    names = {each.name for each in choices}
    called = f": {min(names)}" if len(names) == 1 and typed not in names else ""
    return f"{len(choices)} {noun}s match {quoted(typed)}{called}. Which one?"


def labels_of(choices: Sequence[Choice]) -> list[str]:
    """Return what tells the choices apart: their names, or the details of those of one name."""
    names = [each.name for each in choices]
    if choices[1:] and len(set(names)) == 1 and all(each.detail for each in choices):
        return [cut(each.detail, LIMITS.button_text) for each in choices]
    return [
        option_label(each if names.count(each.name) > 1 else replace(each, detail=""))
        for each in choices
    ]


def _label(choice: Choice) -> str:
    return f"{choice.name} · {choice.detail}" if choice.detail else choice.name
