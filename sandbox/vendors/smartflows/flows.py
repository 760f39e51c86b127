"""The made-up flows and people of the stand-in."""

import uuid
from dataclasses import dataclass, field
from functools import lru_cache

from sandbox.vendors.smartflows.statuses import SELECT_FLOW, USER_INPUT, WAITING

NAMESPACE = uuid.UUID("5a6f0d1c-2b7e-4e0b-9a41-7c3c5f9d8e10")


@lru_cache(maxsize=4096)
def identity(what: str) -> str:
    """Return the id of something, the same in every run of the sandbox."""
    return str(uuid.uuid5(NAMESPACE, what))


@dataclass(frozen=True, slots=True)
class User:
    """Somebody, or something, that starts flows."""

    name: str

    @property
    def id(self) -> str:
        """The vendor's id of them."""
        return identity(f"user {self.name}")


@dataclass(frozen=True, slots=True)
class FlowPlan:
    """A flow: how long it usually works (seconds), how it tends to end, what it asks and makes.

    The rates are shares of its runs, from 0 to 1; `weight` is how often others start it.
    """

    name: str
    description: str = ""
    input: str = "none"
    seconds: float = 60.0
    spread: float = 0.25
    fails: float = 0.03
    warns: float = 0.02
    pause: str = ""
    form: str = ""
    waiting_for: str = ""
    outputs: tuple[str, ...] = ("pdf",)
    steps: tuple[str, ...] = field(default=("Reading data", "Generating document", "Storing"))
    weight: float = 1.0

    @property
    def id(self) -> str:
        """The vendor's id of it."""
        return identity(f"flow {self.name}")


BOT = User("Flowbot")
PLUG_IN = User("CRM plug-in")
PEOPLE = (User("Ada Abel"), User("Grace Haas"), User("Lin Chen"), User("Guido Rossi"), PLUG_IN)

HOSTILE_NAME = "<!channel> *x* & <script>alert(1)</script>"

LIVELY = (
    FlowPlan(
        "Quarterly report",
        "Sales and costs of a quarter, as PDF and as Word",
        input="user",
        seconds=90,
        fails=0.06,
        outputs=("pdf", "docx"),
        steps=("Reading input", "Retrieving figures", "Generating report", "Converting to PDF"),
        weight=6,
    ),
    FlowPlan(
        "Invoice run",
        "One invoice for each customer with open orders",
        input="plugin",
        seconds=240,
        warns=0.15,
        outputs=("pdf", "pdf", "pdf"),
        steps=("Reading orders", "Generating invoices", "Converting to PDF", "Sending by e-mail"),
        weight=5,
    ),
    FlowPlan(
        "Welcome letter",
        "A letter for somebody who begins",
        input="user",
        seconds=12,
        spread=0.4,
        outputs=("docx",),
        weight=8,
    ),
    FlowPlan(
        "Contract with signature",
        "Waits for both signatures",
        input="user",
        seconds=45,
        pause=WAITING,
        waiting_for="Signature of the other party",
        steps=("Reading input", "Generating contract", "Sending for signature", "Archiving"),
        weight=3,
    ),
    FlowPlan(
        "Travel request",
        "Asks for the journey, then makes the form",
        seconds=20,
        pause=USER_INPUT,
        form="travel",
        weight=3,
    ),
    FlowPlan(
        "Site inspection",
        "Asks for things that only the vendor's own panel can ask",
        seconds=30,
        pause=USER_INPUT,
        form="inspection",
        weight=1,
    ),
    FlowPlan(
        "Letter from the CRM",
        "Lets somebody pick which letter it will be",
        input="plugin",
        seconds=25,
        pause=SELECT_FLOW,
        form="flows",
        outputs=("docx",),
        weight=1,
    ),
    FlowPlan(
        "Nightly statements",
        "All account statements of the day",
        seconds=3000,
        fails=0.15,
        outputs=("pdf", "pdf"),
        steps=("Reading accounts", "Generating statements", "Converting to PDF", "Uploading"),
        weight=1,
    ),
    FlowPlan(
        HOSTILE_NAME,
        "=HYPERLINK(1) @here <https://example.com|click>",
        input="user",
        seconds=30,
        fails=0.3,
        pause=USER_INPUT,
        form="hostile",
        steps=("<b>bold</b> & _italic_", "=1+1", "@here"),
        weight=1,
    ),
)
QUIET = tuple(FlowPlan(f"Letter template {n:02d}", weight=0.1) for n in range(1, 31))
FLOWS = (*LIVELY, *QUIET)
ORDINARY = tuple(plan for plan in FLOWS if plan.name != HOSTILE_NAME)
