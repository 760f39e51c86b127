"""The grey line of figures of field reports: of which days, and what may be taken wrongly."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.asking.core.periods import Period
from bot.asking.rendering.dates import period_words
from bot.asking.rendering.occasions import source_words
from bot.errors import Reason, VendorError
from bot.fieldreports.core.figures import Figure
from bot.fieldreports.model import SAFERME
from bot.fieldreports.question import BY_HOUR, BY_WEEKDAY, HEATMAP
from bot.slack.blocks.wording import capital, counted

SOURCE: Final = source_words(SAFERME.title)
_UNZONED: Final = {
    BY_HOUR: "Hours as reported by SaferMe (time zone unknown)",
    BY_WEEKDAY: "Days as reported by SaferMe (time zone unknown)",
    HEATMAP: "SaferMe reports days and hours separately",
}


def facts(figure: Figure, period: Period, *, this_year: int) -> Iterator[str]:
    """Yield what was counted, what a figure does not say by itself, and the source."""
    yield capital(period_words(period, this_year=this_year))
    yield from figure_notes(figure)
    if figure.kind not in _UNZONED:  # whose note names it
        yield SOURCE


def figure_notes(figure: Figure) -> Iterator[str]:
    """Yield sentences on what a figure does not say by itself."""
    yield from figure.notes
    yield from cut_note(figure)
    if figure.kind in _UNZONED and figure.total:
        yield _UNZONED[figure.kind]


def missing_pictures(errors: Sequence[VendorError], *, of: int) -> Iterator[str]:
    """Yield how many of the latest pictures are missing, and what a Flowbot admin can do."""
    if errors:
        yield f"SaferMe did not send {len(errors)} of the latest {counted(of, 'picture')}"
    hosts = {each.detail for each in errors if each.reason is Reason.UNTRUSTED_HOST}
    if hosts:
        yield (f"Your Flowbot admin can allow {', '.join(sorted(hosts))} in SAFERME_DOWNLOAD_HOSTS")


def cut_note(figure: Figure) -> Iterator[str]:
    """Yield which rows of a figure over time count only a part of their week, say."""
    first, last = figure.cut
    grain = figure.grain or "row"
    if (first or last) and len(figure.rows) == 1:
        yield f"This {grain} is incomplete"
    elif first and last:
        yield f"First and last {grain}s are incomplete"
    elif first or last:
        yield f"{'First' if first else 'Last'} {grain} is incomplete"
