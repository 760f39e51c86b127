"""What was found in a workspace: the news first, then each mend, then what was looked at."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import headline
from bot.doctor.findings import Finding, Health, Report
from bot.doctor.intents import RunDoctor
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    context,
    message,
    prose,
)
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.wording import counted
from bot.slack.messages import Message

MOST_SHOWN: Final = 6
WELL: Final = "Everything works"


def doctor_page(
    report: Report, labels: Mapping[str, str], ways: Mapping[str, Sequence[Element]]
) -> Message:
    """Return the page. `labels` are short names of checks, `ways` the buttons that mend one."""
    wrong = report.of_state(Health.FAIL, Health.WARN)
    news = _news(report)
    listed = (bullets(*map(_item, wrong[:MOST_SHOWN])),) if wrong else ()
    mends = [button for each in wrong for button in ways.get(each.name, ())]
    row = actions(BlockId.REPORT_BUTTONS, *mends, *offer("Look again", RunDoctor(), privately=True))
    return message(f"{news}.", headline(news), *listed, row, context(*_facts(report, labels)))


def _news(report: Report) -> str:
    failed, warned = report.of_state(Health.FAIL), report.of_state(Health.WARN)
    if len(failed) > 1:
        return f"{len(failed)} things don't work"
    if failed:
        return "One thing doesn't work"
    return f"Flowbot works; {counted(len(warned), 'thing')} to look at" if warned else WELL


def _item(finding: Finding) -> Sequence[Element]:
    mend = prose(f" {finding.mend}") if finding.mend else ()
    return (bold(finding.about), *mend)


def _facts(report: Report, labels: Mapping[str, str]) -> Iterator[str]:
    fine = [labels[each.name] for each in report.of_state(Health.PASS)]
    off = [labels[each.name] for each in report.of_state(Health.SKIPPED)]
    if fine:
        yield f"Fine: {', '.join(fine)}"
    if off:
        yield f"Not looked at: {', '.join(off)}"
    left = len(report.of_state(Health.FAIL, Health.WARN)) - MOST_SHOWN
    if left > 0:
        yield f"{left} more to mend"
