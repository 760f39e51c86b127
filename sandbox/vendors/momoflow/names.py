"""The made-up flows and people of the stand-in."""

import itertools
from dataclasses import dataclass

STAFF = ("ada@example.com", "grace@example.com", "lin@example.com", "guido@example.com")
"""The people of the local Slack, so that a person can be assigned by mention."""

ODD = ("=1+1@example.com", "o'hara+test@example.com", "zoë@example.com")
"""Addresses that look like a formula, hold a quote, or are not ASCII."""

FIRST_NAMES = """
alice amir anna ben bianca boris carla cem chen dana david dina elif emil eva farid finn freya
gina gustav hana hugo ida igor iris jan jin julia kai karim lara leo mara mateo nina noah olga
"""
LAST_NAMES = """
abel adler baker berg brandt castro cohen costa dahl diaz evans falk fischer garcia grant haas
hansen ito jansen keller khan kowal larsen lopez meyer moreau novak okoye olsen park patel quist
rossi sato silva weber
"""


@dataclass(frozen=True, slots=True)
class FlowPlan:
    """A flow: its id, a short form for ids inside it, its name, its modules, how many have it."""

    id: str
    short: str
    name: str
    size: int
    modules: tuple[str, ...]
    estimated: str
    odd: bool = False


FLOWS = (
    FlowPlan(
        "flow_onb001",
        "onb",
        "Onboarding",
        45,
        ("Welcome", "Your tools", "Security basics", "How we work", "Meet the team"),
        "2 hours",
    ),
    FlowPlan(
        "flow_safe01",
        "safe",
        "Ladder Safety",
        20,
        ("Intro", "Inspection", "Rigging", "Rescue"),
        "45 minutes",
    ),
    FlowPlan(
        "flow_gdpr01",
        "gdpr",
        "Data protection basics",
        1204,
        ("Personal data", "Lawful grounds", "Requests", "Breaches", "Quiz", "Sign-off"),
        "1.5 hours",
    ),
    FlowPlan("flow_empty1", "new", "Brand new flow", 0, ("First module",), "30 minutes"),
    FlowPlan(
        "flow_evil01",
        "evil",
        "<!channel> *x* & <script>alert(1)</script>",
        12,
        ("<b>bold</b> & _italic_", "=HYPERLINK(1)", "@here"),
        "1 hour",
        odd=True,
    ),
)


def people(count: int, *, odd: bool = False) -> list[str]:
    """Return that many different addresses, the staff (or the odd ones) first."""
    # A stride prime to the number of pairs walks through all of them in an order that looks mixed.
    pairs = list(itertools.product(FIRST_NAMES.split(), LAST_NAMES.split()))
    mixed = (pairs[n * 131 % len(pairs)] for n in range(len(pairs)))
    ordinary = (f"{first}.{last}@example.com" for first, last in mixed)
    return list(itertools.islice(itertools.chain(ODD if odd else STAFF, ordinary), count))
