"""The help of /flow-analytics."""

from collections.abc import Sequence

from bot.asking.rendering.help import PERIODS, Example, HelpPage

_CHANNELS: Sequence[Example] = (
    ("/flow-analytics channels", "the channels of field reports"),
    ("/flow-analytics fields Site reports", "by which fields its reports can be counted"),
    ("/flow-analytics form", "everything in a form"),
)
_FIGURES: Sequence[Example] = (
    ("/flow-analytics Site reports summary last-30d", "the whole picture, and what changed"),
    ("/flow-analytics Site reports over-time this-quarter", "how many, week by week"),
    ("/flow-analytics Site reports by-state", "also by-user, by-hour, by-weekday"),
    ('/flow-analytics Site reports by-field "Severity"', "by the choices of a field"),
    ("/flow-analytics Site reports heatmap", "days and hours as a picture"),
    ("/flow-analytics Site reports reads", "how much was read; awareness: who was alerted"),
    ("/flow-analytics Site reports images last-7d", "pictures"),
    ("/flow-analytics Site reports awareness export xlsx", "any of them as a file: csv or xlsx"),
)

HELP = HelpPage(
    "Analytics of field reports from SaferMe. Try /flow-analytics channels, or "
    "/flow-analytics Site reports summary last-30d",
    groups=(("Channels", _CHANNELS), ("Figures", _FIGURES)),
    small_print=(PERIODS,),
)
