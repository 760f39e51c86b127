"""What the days of a schedule can be called: a table of phrases, and what each of them means."""

import re
from typing import Final

from bot.digests.core import day_patterns as means
from bot.digests.core.day_patterns import DayPattern, Maker
from bot.digests.core.day_words import (
    DATED,
    DAY,
    DAYS,
    EVERY,
    MAYBE_NUMBERED,
    MONTH_NAME,
    MONTHLY,
    NUMBER_WORD,
    NUMBERED,
    OF_MONTH,
    OF_QUARTER,
    ORDINALS,
    WEEKS,
    WORKDAY,
)

_LEAD: Final = r"(?:every |each |the |on the |on |at the )?"
_OF: Final = rf"(?:{OF_MONTH}|(?P<quarter>{OF_QUARTER}))"
_AND: Final = r"(?: , | and | & )(?:the )?"
_SOME: Final = rf"(?P<numbers>{MAYBE_NUMBERED}(?:{_AND}{MAYBE_NUMBERED})*)"
_SOME_SURELY: Final = rf"(?P<numbers>{NUMBERED}(?:{_AND}{NUMBERED})*)"
_YEARLY: Final = r"(?:yearly|annually|(?:every|each|once a) year)"
_QUARTERLY: Final = r"(?:quarterly|(?:every|each|once a) quarter)"
_TWO_WEEKS: Final = r"(?:biweekly|bi-weekly|fortnightly|every fortnight|every couple of weeks)"
_WEEKLY: Final = r"(?:weekly|(?:every|each|once a) week)"
_OFTEN: Final = rf"(?:once|twice|thrice|(?:[0-9]|{NUMBER_WORD}) times)"
_A_DAY: Final = r"(?:daily|(?:a|per|each|every) day)"
_TIME_AHEAD: Final = (
    r"(?=(?: at)? (?:[0-9]{1,2}[:.h ]|[0-9]{1,2}(?: ?[ap]m|$)|noon|midday|midnight))"
)
_SECOND: Final = "second|2nd|third|3rd|fourth|4th"
_WEEKDAYS: Final = (1, 2, 3, 4, 5)
_WEEKEND: Final = (0, 6)


def days_at(text: str) -> tuple[DayPattern, int] | None:
    """Return the days at the beginning of a text in lower case, and how many letters they take.

    Commas stand alone in the text. Raises UserError for days that there are not, and RetypeError
    for those that may be two.
    """
    for pattern, make in _PATTERNS:
        match = pattern.match(text)
        if match:
            return make(match), match.end()
    return None


def _made(pattern: str, make: Maker) -> tuple[re.Pattern[str], Maker]:
    return re.compile(rf"(?:{pattern})(?= |$)"), make


def _quarterly(_: re.Match[str]) -> DayPattern:
    return means.month_days((1,), month="1,4,7,10", unit="quarter")


_PATTERNS: Final = (
    _made(rf"{_YEARLY}(?: on)?(?: the)? (?P<date>{DATED})", means.yearly),
    _made(
        rf"(?:just |only )?once (?:on )?(?:next )?(?P<date>{DATED}|today|tomorrow|{DAY})",
        means.single_day,
    ),
    _made(rf"(?:on )?(?P<date>{DATED})(?! (?:to|until))", means.single_day),
    _made(rf"next (?P<date>{DAY})", means.single_day),
    _made(rf"(?P<date>today|tomorrow){_TIME_AHEAD}", means.single_day),
    _made(
        rf"(?:every|each) (?P<nth>{_SECOND}) (?P<days>{DAY})(?! (?:of|in))",
        means.either_way,
    ),
    _made(rf"(?:{MONTHLY} )?{_LEAD}(?P<nths>{ORDINALS}) (?P<day>{DAY}){_OF}?", means.nth_days),
    _made(
        rf"(?:{MONTHLY} )?{_LEAD}(?P<which>first|1st|last) {WORKDAY}(?:{OF_MONTH})?",
        means.edge_workday,
    ),
    _made(rf"(?:quarterly )?{_LEAD}(?P<which>first|1st|last) day{_OF}", means.edge_day),
    _made(
        rf"{_LEAD}(?:at )?(?P<which>end|start|beginning)(?: of(?: the| each| every)?)? "
        r"(?:month|(?P<quarter>quarter))",
        means.edge_day,
    ),
    _made(rf"{MONTHLY} last(?: day)?(?: of the month)?", means.last_day),
    _made(rf"{MONTHLY}(?: day)? {_SOME}(?! ?(?:am|pm|o'?clock)\b)", means.numbered_days),
    _made(
        rf"(?:on )?(?:the )?(?:every )?{_SOME_SURELY}(?! {MONTH_NAME})(?: day)?(?:{OF_MONTH})?",
        means.numbered_days,
    ),
    _made(rf"(?:on )?(?:the )?(?:days? )?{_SOME}(?:{OF_MONTH})", means.numbered_days),
    _made(_QUARTERLY, _quarterly),
    _made(r"half-yearly|half yearly|semi-annually|twice a year|every half year", means.half_yearly),
    _made(
        rf"every (?P<months>other|second|2nd|[0-9]{{1,2}}|{NUMBER_WORD}) months?"
        r"(?: on the (?:1st|first))?",
        means.every_few_months,
    ),
    _made(MONTHLY, means.ask_day_of_month),
    _made(rf"every (?P<days>{EVERY}) days?(?! (?:of|in))", means.every_few_days),
    _made(r"(?:on )?(?P<days>other|alternate) days?", means.every_few_days),
    _made(rf"every {WEEKS} weeks?(?: on)?(?: (?P<days>{DAYS}))?", means.every_few_weeks),
    _made(rf"{_TWO_WEEKS}(?: on)?(?: (?P<days>{DAYS}))?", means.every_other),
    _made(rf"(?:every )?(?:other|alternate) (?P<days>{DAYS})", means.every_other),
    _made(rf"{_WEEKLY}(?: on)? (?P<days>{DAYS})", means.listed_days),
    _made(_WEEKLY, means.ask_weekday),
    _made(rf"{_OFTEN} {_A_DAY}", means.group_of_days(means.ALL_DAYS, default=True)),
    _made(
        r"(?:every|each) (?:morning|afternoon|evening)|mornings|afternoons|evenings",
        means.group_of_days(means.ALL_DAYS),
    ),
    _made(
        r"daily|(?:every|each) (?:single )?day|everyday",
        means.group_of_days(means.ALL_DAYS),
    ),
    _made(
        rf"(?:on )?(?:every |each )?(?:{WORKDAY}s?|weekdays)",
        means.group_of_days(_WEEKDAYS),
    ),
    _made(r"(?:on )?(?:every |each |the )?weekend(?:s| days?)?", means.group_of_days(_WEEKEND)),
    _made(rf"(?:on |from )?(?P<days>{DAYS})", means.listed_days),
    _made("once", means.ask_single_day),
)
"""What days can be called, the longer before what it begins with."""
