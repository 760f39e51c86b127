"""The help of /flow-report."""

from bot.asking.rendering.help import PERIODS, Example, HelpGroup, HelpPage, MissingName

_NAMES = Example("/flow-report names", "all names", "All names")
_REPORTS = HelpGroup(
    "Reports",
    (
        Example("/flow-report {flow}", "who has completed it, and who is overdue", "{flow}"),
        Example("/flow-report overdue", "who is overdue in any flow", "Overdue"),
        Example("/flow-report all", "all flows side by side", "All flows"),
        Example("/flow-report {flow} this-quarter by week", "completion over time", "By week"),
        Example("/flow-report {flow} export xlsx", "as a file: xlsx, csv or pdf", "Excel file"),
    ),
    small_print=(
        "Statuses: overdue, in-progress, pending, completed, not completed; also detailed",
        "Words at the end: raw after xlsx for MomoFlow's own file, privately for your eyes only",
        PERIODS,
    ),
)
_NAMING = HelpGroup(
    "Names",
    (
        _NAMES,
        Example("/flow-report name {flow} {flow_id}", "call the id of a flow by a name"),
        Example("/flow-report unname {flow}", "forget a name"),
    ),
    small_print=('Quotation marks keep words together: "Ladder safety"',),
)
_ASSIGNING = HelpGroup(
    "Assign",
    (
        Example("/flow-report assign {flow}", "a form; you are asked before it happens"),
        Example("/flow-report assign {flow} @name due tomorrow", "the same in one line"),
        Example(
            '/flow-report assign {flow} @name priority high notes "By Friday, please"',
            "with words for the person; they end the command",
        ),
    ),
)
_REMINDING = HelpGroup(
    "Remind",
    (
        Example("/flow-report remind {flow}", "those who are overdue; you see first who gets it"),
        Example('/flow-report remind {flow} note "Please by Friday"', "with words of yours"),
    ),
)
HELP = HelpPage(
    "Training: who has completed what, and who is overdue",
    groups=(_REPORTS, _NAMING, _ASSIGNING, _REMINDING),
    lacking={
        "flow": MissingName(
            "No training flow has a name yet. Type /flow-report name, then a name of your choice "
            "and the id of the flow as MomoFlow shows it.",
            _NAMES,
        )
    },
    digest=Example("/flow subscribe report {flow} overdue weekdays 09:00", "who is overdue"),
)
