"""The help of /flow-run."""

from collections.abc import Sequence

from bot.asking.rendering.help import Example, HelpPage

_RUN: Sequence[Example] = (
    ("/flow-run", "choose a flow and its input in a form"),
    ("/flow-run invoices", "start a flow that needs no input"),
    ("/flow-run status 3f2a9c1b", "how a run is; the first characters of its id are enough"),
    ("/flow-run list running", "running, failed, waiting or today"),
    ("/flow-run summary invoices last-7d", "how its runs went; all for every flow, csv for a file"),
    ("/flow-run cancel 3f2a9c1b", "stop a run"),
)
_WATCH: Sequence[Example] = (
    ("/flow-run watch invoices", "tell this channel of its runs, whoever starts them"),
    ("/flow-run watch all failed stuck", "only of some: started, finished, failed, …"),
    ("/flow-run watches", "what this channel watches"),
    ("/flow-run unwatch invoices", "end it"),
)
_TOLD = (
    "To be told of: started, finished, failed, needs-input, stuck (all but started unless you say)"
)

HELP = HelpPage(
    "Smart Flows. Try /flow-run to choose one, /flow-run list running, or /flow-run watch all",
    groups=(("Run", _RUN), ("Watch", _WATCH)),
    small_print=(
        _TOLD,
        'Quotes are for names that begin with a command: /flow-run "List of guests"',
    ),
)
