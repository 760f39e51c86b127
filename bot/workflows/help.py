"""The help of /flow-export."""

from collections.abc import Sequence

from bot.asking.rendering.help import PERIODS, Example, HelpPage

_WORKFLOWS: Sequence[Example] = (
    ("/flow-export workflows", "all workflows"),
    ("/flow-export info checkout", "one of them, and when it last had an event"),
    ("/flow-export checkout counts last-7d", "visitors, sessions, and when they came"),
    ("/flow-export checkout chart last-7d", "the figures of its chart, as giosg sends them"),
)
_STEPS: Sequence[Example] = (
    ("/flow-export checkout step 2 last-7d xlsx", "the events of a step as a file"),
    ("/flow-export checkout step 2 last-30d csv limit 5000 goal", "some rows, only with a goal"),
    ("/flow-export checkout step 2 action element-ab12cd34", "only of an action, or a label"),
    ("/flow-export checkout step 2 path element-ab > any > element-ef", "along the chart"),
    ("/flow-export checkout source yesterday show", "events of no step, in Slack without a file"),
    ("/flow-export checkout", "everything in a form"),
)

HELP = HelpPage(
    "Events of website workflows from giosg. Try /flow-export workflows, or "
    "/flow-export checkout step 2 last-7d xlsx",
    groups=(("Workflows", _WORKFLOWS), ("Events as a file", _STEPS)),
    small_print=(PERIODS, 'Quotes keep words together: "Step by step"'),
)
