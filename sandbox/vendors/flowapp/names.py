"""The made-up webinars, people and lines of the stand-in."""

from dataclasses import dataclass

STAFF = (
    ("Ada", "Lovelace", "ada@example.com"),
    ("Grace", "Hopper", "grace@example.com"),
    ("Lin", "Lanying", "lin@example.com"),
    ("Guido", "Rossi", "guido@example.com"),
)
"""The people of the local Slack; the first two present."""
TITLES = ("Head of training", "Trainer", "", "Support")

ODD = (
    ("=1+1", "@SUM(A1)", "=cmd@example.com"),
    ("<!channel>", "*bold* & <b>x</b>", "o'hara+test@example.com"),
    ("Zoë", "Łukasz\u202e", "zoë@example.com"),
)
"""Guests whose names look like a formula, like markup, and turn the writing direction."""

FIRST_NAMES = "Alice Amir Bianca Carla Chen Dina Emil Farid Hana Ida Jan Karim Mara Noah Olga"
LAST_NAMES = "Abel Berg Castro Diaz Falk Grant Haas Ito Keller Moreau Novak Okoye Patel Silva"
PLACES = ("Berlin", "Pune", "Oslo", "New York", "São Paulo", "")
LINES = (
    "Hello everybody!",
    "Could you show that once more?",
    "Is there a recording?",
    'She said "yes", and then:\nno',
    '=HYPERLINK("http://example.com","click")',
    "Thank you, that was helpful.",
)
SURVEYS = (
    (701, "Was it useful?", "Two short questions."),
    (702, "What next?", ""),
)
ANSWERS = ("Very", "Somewhat", "Not really", "-1; but, well")
ORDINARY = {
    'She said "yes", and then:\nno': "Same question here.",
    '=HYPERLINK("http://example.com","click")': "The link in the invitation works for me.",
    "-1; but, well": "Not at all",
}
"""What is said in place of odd lines and answers where there are no odd data."""
WEIGHTS = (6, 3, 1, 0.2)
"""How likely each answer is."""


@dataclass(frozen=True, slots=True)
class Series:
    """A webinar that recurs: `weekday` from 0 (Monday), local `hour` and `minute` of its zone."""

    key: str
    title: str
    description: str
    timezone: str
    weekday: int
    hour: int
    minute: int
    hours: float
    every_weeks: int
    guests: int
    published: bool = True
    odd: bool = False


SERIES = (
    Series(
        "tour", "Product tour", "What it does, in 45 minutes.",
        "Europe/Amsterdam", 1, 15, 0, 0.75, 1, 60,
    ),
    Series(
        "quarter", "Quarterly update", "Figures, plans and your questions.",
        "Europe/Berlin", 3, 10, 0, 1.5, 4, 240,
    ),
    Series(
        "safety", "Safety briefing: ladders & roofs", "For everybody on site.",
        "Asia/Kolkata", 0, 9, 30, 0.5, 1, 35,
    ),
    Series(
        "night", "Night shift handover", "Begins before midnight and ends after it.",
        "Europe/Berlin", 5, 23, 30, 1.5, 2, 24,
    ),
    Series(
        "evil", "<!channel> *x* & <script>alert(1)</script>", "=1+1\n@here",
        "America/New_York", 2, 11, 0, 1, 2, 12, odd=True,
    ),
    Series(
        "draft", "Not announced yet", "A draft.",
        "Europe/Lisbon", 4, 16, 0, 1, 4, 0, published=False,
    ),
)  # fmt: skip
