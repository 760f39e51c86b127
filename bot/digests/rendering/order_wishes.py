"""What else is wished of a digest, in the form that orders it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.asking.terms import Measure, Terms
from bot.digests.core.draft import Draft
from bot.digests.core.terms import wished
from bot.digests.ids import DigestAction
from bot.errors import UserError
from bot.slack.blocks.inputs import (
    Values,
    field,
    is_ticked,
    select,
    text_input,
    text_of,
    tick_boxes,
)
from bot.slack.blocks.modals import Errors
from bot.slack.messages import Block

_LONGEST: Final = 200
_FILES: Final = (
    (wished.AS_USUAL, "As usual"),
    (wished.WITH_FILE, "Always with its file"),
    (wished.WITHOUT_FILE, "Without a file"),
)


def wish_inputs(draft: Draft, measures: Sequence[Measure]) -> Iterator[Block]:
    """Yield the inputs, with what stands in them."""
    wishes = draft.wishes
    ticked = (wished.CHANGED,) if wishes.changed else ()
    yield field(
        "Only if changed",
        tick_boxes(
            DigestAction.CHANGED,
            [(wished.CHANGED, "Send nothing when nothing changed")],
            ticked=ticked,
        ),
        optional=True,
    )
    if measures:
        names = ", ".join(each.name for each in measures)
        yield _text(
            "Only if",
            DigestAction.ONLY_IF,
            wishes.only_if,
            example=_example(measures[0]),
            hint=f"A condition on one of: {names}.",
        )
    files = select(DigestAction.FILE, _FILES, chosen=wishes.file)
    yield field("File", files)
    yield _text(
        "Quiet hours",
        DigestAction.QUIET,
        wishes.quiet,
        example="22:00-07:00",
        hint="What would come then comes when they end.",
    )
    yield _text(
        "Not on public holidays of",
        DigestAction.HOLIDAYS,
        wishes.holidays,
        example="Germany, GB or Bavaria",
        hint="On these days nothing comes.",
    )


def with_wishes(draft: Draft, values: Values) -> Draft:
    """Return a draft with the wishes that stand in the inputs that there are."""
    if DigestAction.FILE not in values:
        return draft
    before = draft.wishes
    asked_if = DigestAction.ONLY_IF in values
    return replace(
        draft,
        wishes=wished.WishTexts(
            changed=is_ticked(values, DigestAction.CHANGED),
            only_if=text_of(values, DigestAction.ONLY_IF) if asked_if else before.only_if,
            file=text_of(values, DigestAction.FILE),
            quiet=text_of(values, DigestAction.QUIET),
            holidays=text_of(values, DigestAction.HOLIDAYS),
        ),
    )


def terms_in(draft: Draft, measures: Sequence[Measure]) -> tuple[Terms, Errors]:
    """Return the terms that stand in a draft, and messages beside the inputs that are wrong."""
    wishes, errors = draft.wishes, Errors()
    terms = wished.with_choices(draft.terms, wishes)
    if not measures:  # then nothing is shown to write a condition in
        wishes = replace(wishes, only_if="")
    typed: tuple[tuple[DigestAction, Callable[[Terms], Terms]], ...] = (
        (DigestAction.ONLY_IF, lambda now: wished.with_condition(now, wishes.only_if, measures)),
        (DigestAction.QUIET, lambda now: wished.with_quiet(now, wishes.quiet)),
        (DigestAction.HOLIDAYS, lambda now: wished.with_holidays(now, wishes.holidays)),
    )
    for input_id, read in typed:
        try:
            terms = read(terms)
        except UserError as error:
            errors[input_id] = str(error)
    return terms, errors


def _example(measure: Measure) -> str:
    return f"{measure.name} < 80%" if measure.percent else f"{measure.name} > 5"


def _text(label: str, input_id: DigestAction, typed: str, *, example: str, hint: str) -> Block:
    made = text_input(input_id, placeholder=example, longest=_LONGEST, typed=typed)
    return field(label, made, optional=True, hint=hint)
