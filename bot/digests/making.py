"""How the answer of a digest is made: as its question asks, with its file or without."""

from dataclasses import replace

from bot.asking.composing import ComposedAnswer, Composers
from bot.asking.occasion import Occasion
from bot.asking.question import Question, with_export
from bot.asking.subscription import Subscription


async def made(composers: Composers, one: Subscription, occasion: Occasion) -> ComposedAnswer:
    """Return the answer of a digest. Raises UserError, PickError and VendorError.

    Without a file it is what is told in Slack of the same question; a file that is wanted and does
    not come anyway is that of the data behind the answer.
    """
    composer, attach = composers[one.kind.name], one.terms.attach
    question = with_export(one.question, "") if attach is False else one.question
    composed = await composer.compose(question, occasion)
    if attach is False:
        return replace(composed, answer=replace(composed.answer, files=()))
    if not attach or composed.answer.files or composed.nothing or not _formats(question):
        return composed
    alone = one.kind.as_file(question, _formats(question)[0])
    file = await composer.compose(alone, replace(occasion, key="", readers=""))
    return replace(composed, answer=replace(composed.answer, files=file.answer.files))


def _formats(question: Question) -> tuple[str, ...]:
    """Return the formats in which the data can be had, a workbook first."""
    return tuple(sorted(question.formats, key=lambda form: form != "xlsx"))
