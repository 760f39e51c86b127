"""The help of /flow-report."""

from collections.abc import Sequence

from bot.asking.rendering.help import PERIODS, Example, HelpPage

_REPORTS: Sequence[Example] = (
    ("/flow-report onboarding last-30d", "who has completed the flow, and who is overdue"),
    ("/flow-report onboarding overdue detailed", "one status, with each person's modules"),
    ("/flow-report onboarding this-quarter by week", "completion over time"),
    ("/flow-report onboarding export xlsx", "the data as a file: csv, xlsx or pdf"),
    ("/flow-report onboarding overdue privately", "for your eyes only"),
)
_NAMES: Sequence[Example] = (
    ("/flow-report name onboarding flow_123abc", "call a flow id by a name"),
    ("/flow-report names", "all names"),
    ("/flow-report unname onboarding", "forget a name"),
)
_ASSIGN: Sequence[Example] = (
    (
        "/flow-report assign onboarding @ada due 2026-12-01 priority high",
        "assign a flow; you are asked before it happens",
    ),
    (
        '/flow-report assign onboarding @ada notes "By Friday, please"',
        "with words for the person; they end the command",
    ),
)
_STATUSES = "Statuses: overdue, in-progress, pending, completed"

HELP = HelpPage(
    "Training reports. Try /flow-report onboarding last-30d, overdue, by week, or export xlsx",
    groups=(("Ask", _REPORTS), ("Names for flows", _NAMES), ("Assign", _ASSIGN)),
    small_print=(_STATUSES, PERIODS, 'Quotes keep words together: "Ladder Safety"'),
)
