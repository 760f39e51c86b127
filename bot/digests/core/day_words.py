"""The words that schedules are made of, as regular expressions for a text in lower case."""

from typing import Final

from bot.asking.core.fillers import NUMBERS

NUMBER_WORD: Final = "|".join(NUMBERS)
DAY: Final = (
    r"(?:(?:sun|mon|fri)(?:day)?|tue(?:s|sday)?|wed(?:s|nesday|nes)?|thu(?:rs|rsday|r)?"
    r"|sat(?:urday|ur)?)s?"
)
RANGE: Final = r"(?: ?- ?| to | through | thru | till | until )"
JOIN: Final = r"(?: , and | , or | , | and | & | or | )"
DAYS: Final = rf"{DAY}(?:(?:{RANGE}|{JOIN}){DAY})*"
ORDINAL_WORDS: Final = {
    **{word: at for at, word in enumerate(("first", "second", "third", "fourth", "fifth"), 1)},
    **{word: at for at, word in enumerate(("1st", "2nd", "3rd", "4th", "5th"), 1)},
}
ORDINAL: Final = rf"(?:{'|'.join(ORDINAL_WORDS)}|last)"
ORDINALS: Final = rf"{ORDINAL}(?:(?: , | and | & ){ORDINAL})*"
WORKDAY: Final = r"(?:weekday|workday|work day|working day|business day)"
OF_MONTH: Final = (
    r"(?: (?:of|in)(?: the| each| every| a)? (?:month|calendar month)| (?:each|every|a|per) month)"
)
OF_QUARTER: Final = r"(?: (?:of|in)(?: the| each| every| a)? quarter| (?:each|every|a|per) quarter)"
MONTHLY: Final = r"(?:monthly|(?:every|each|once a|once per|a) month)(?: on)?(?: the)?"
NUMBERED: Final = r"[0-9]{1,2}(?:st|nd|rd|th)"
MAYBE_NUMBERED: Final = r"[0-9]{1,2}(?:st|nd|rd|th)?"
EVERY: Final = rf"(?:other|second|2nd|alternate|third|3rd|fourth|4th|[0-9]{{1,2}}|{NUMBER_WORD})"
WEEKS: Final = rf"(?P<weeks>{EVERY})"
MONTH_NAME: Final = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATED: Final = (
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH_NAME}(?:(?: ,)? [0-9]{{4}})?"
    rf"|{MONTH_NAME} [0-9]{{1,2}}(?:st|nd|rd|th)?(?:(?: ,)? [0-9]{{4}})?"
)
