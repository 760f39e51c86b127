"""The help of /flow-run."""

from bot.asking.rendering.help import Example, HelpGroup, HelpPage, MissingName

_FORM = Example("/flow-run", "choose a Smart Flow and its input in a form", "Start a run")
_RUN = HelpGroup(
    "Smart Flows",
    (
        Example("/flow-run status", "the latest runs, each with what can be done", "Latest runs"),
        Example("/flow-run list running", "runs; also failed, waiting or today", "Running now"),
        _FORM,
        Example("/flow-run {smart_flow}", "start one"),
        Example("/flow-run flow {smart_flow}", "what it does and takes"),
        Example("/flow-run summary {smart_flow} last-7d", "how its runs went", "{smart_flow}"),
        Example("/flow-run summary all last-7d csv", "of all, as a file", "All runs as CSV"),
    ),
    small_print=(
        "A run has an id, whose beginning is enough: status 3f2a9c1b, cancel 3f2a9c1b",
        'Quotation marks are for names that begin with a command: "List of guests"',
    ),
)
_WATCH = HelpGroup(
    "Watch",
    (
        Example("/flow-run watch {smart_flow}", "tell this channel of its runs, whoever starts"),
        Example("/flow-run watch all failed stuck", "of all, but only some news"),
        Example("/flow-run watches", "what this channel watches", "Watches here"),
        Example("/flow-run deadlines", "until when questions of runs are answered", "Deadlines"),
    ),
    small_print=("News: started, finished, failed, needs-input, stuck",),
)
HELP = HelpPage(
    "Smart Flows: start one, watch it, and get its documents",
    groups=(_RUN, _WATCH),
    lacking={
        "smart_flow": MissingName("I don't know a Smart Flow yet. Choose one in a form:", _FORM)
    },
    digest=Example("/flow subscribe runs all last-7d monday 09:00", "how runs went"),
)
