"""The help of /flow-export."""

from bot.asking.rendering.help import PERIODS, Example, HelpGroup, HelpPage, MissingName

_ALL = Example("/flow-export workflows", "all workflows of the website", "All workflows")
_LOOK = HelpGroup(
    "Website workflows",
    (
        Example("/flow-export {workflow} counts last-7d", "visitors and sessions", "Visitors"),
        Example("/flow-export {workflow} chart last-7d", "the figures of its chart", "Chart"),
        Example("/flow-export {workflow} step 1 last-7d xlsx", "a step as a file", "Step 1"),
        Example("/flow-export {workflow}", "everything in a form", "Use a form"),
        _ALL,
    ),
    small_print=(PERIODS,),
)
_MORE = HelpGroup(
    "Files in detail",
    (
        Example("/flow-export info {workflow}", "one of them, and its last event", "About it"),
        Example("/flow-export {workflow} step 1 last-30d csv limit 5000 goal", "some rows only"),
        Example("/flow-export {workflow} source yesterday show", "events outside any step"),
    ),
    small_print=(
        "Also after a step: action or label and some ids, path a > b > c, limit 5000, goal",
        'Quotation marks keep words together: "Step by step"',
    ),
)
HELP = HelpPage(
    "Website workflows: who came how far, as figures and as files",
    groups=(_LOOK, _MORE),
    lacking={
        "workflow": MissingName("I don't know the name of a workflow yet. This lists them:", _ALL)
    },
    digest=Example("/flow subscribe export {workflow} counts last-7d monday 09:00", "visitors"),
)
