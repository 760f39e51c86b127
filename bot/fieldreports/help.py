"""The help of /flow-analytics."""

from bot.asking.rendering.help import PERIODS, Example, HelpGroup, HelpPage, MissingName

_ALL = Example("/flow-analytics channels", "the channels of field reports", "All channels")
_FIGURES = HelpGroup(
    "Field reports",
    (
        Example("/flow-analytics {channel} summary", "the whole picture, 30 days", "{channel}"),
        Example("/flow-analytics {channel} over-time this-quarter", "week by week", "Over time"),
        Example("/flow-analytics {channel} by-state", "by state; also by-user", "By state"),
        Example("/flow-analytics {channel} heatmap", "days and hours as a picture", "Heat map"),
        Example("/flow-analytics {channel} export xlsx", "as a file: csv or xlsx", "Excel file"),
    ),
    small_print=(PERIODS,),
)
_MORE = HelpGroup(
    "Channels and fields",
    (
        _ALL,
        Example("/flow-analytics fields {channel}", "by which fields one can count", "Fields"),
        Example("/flow-analytics {channel} reads", "how much was read", "Reads"),
        Example("/flow-analytics {channel} awareness", "who was alerted", "Awareness"),
        Example("/flow-analytics {channel} images last-7d", "pictures", "Pictures"),
        Example("/flow-analytics form", "everything in a form", "Use a form"),
    ),
    small_print=(
        "Figures: summary, over-time, by-state, by-user, by-hour, by-weekday, heatmap, reads",
        "awareness, images; by-field with the name of a field",
    ),
)
HELP = HelpPage(
    "Field reports: how many, of what, by whom and when",
    groups=(_FIGURES, _MORE),
    lacking={
        "channel": MissingName("I don't know the name of a channel yet. This lists them:", _ALL)
    },
    digest=Example("/flow subscribe analytics {channel} summary monday 09:00", "the summary"),
)
