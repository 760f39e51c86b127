"""What the failure sentences say about each vendor: its name, its settings, and what helps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

_ASK_LESS: Final = "Ask for less at a time."
_CHECK_NAME: Final = "Check how it is written."
_NAMED: Final = "`/flow-report names` lists the flows that have a name here."


@dataclass(frozen=True, slots=True)
class VendorFacts:
    """A vendor as people know it.

    `variables` are the environment variables of its credential, `smaller` a sentence on asking for
    less. `not_found` gives, for each code that may begin the detail of a NOT_FOUND error, what is
    missing and a sentence that helps; the empty code stands for all others.
    """

    name: str
    variables: str
    smaller: str = _ASK_LESS
    not_found: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def missing(self, code: str) -> tuple[str, str]:
        """Return what is not there, and what to do about it."""
        known = self.not_found.get(code) or self.not_found.get("")
        return known or ("what was asked for", _CHECK_NAME)


VENDORS: Final[Mapping[str, VendorFacts]] = MappingProxyType(
    {
        "momoflow": VendorFacts(
            name="MomoFlow",
            variables="MOMOFLOW_API_KEY",
            smaller="Ask for a shorter period, such as last-7d, or for a single status.",
            not_found={
                "": ("this flow", _NAMED),
                "flow": ("this flow", _NAMED),
                "person": ("this person", "MomoFlow goes by e-mail address; check it there."),
                "link": ("this file any more", "Ask for the export again: its link has ended."),
                "route": ("this address", "Ask whoever runs Flowbot to check MOMOFLOW_BASE_URL."),
            },
        ),
        "flowapp": VendorFacts(
            name="FlowApp",
            variables="FLOWAPP_API_SECRET",
            not_found={"": ("this event", "`/flow-events future` lists the events to come.")},
        ),
        "giosg": VendorFacts(
            name="Giosg",
            variables="GIOSG_API_TOKEN",
            smaller="Ask for a shorter period, or set a lower limit.",
            not_found={"": ("this workflow", "`/flow-export workflows` lists them.")},
        ),
        "smartflows": VendorFacts(
            name="Smart Flows",
            variables="SMARTFLOWS_API_KEY",
            smaller="Try again, or ask for one flow only.",
            not_found={
                "": (
                    "this flow or run any more",
                    "Its cleanup removes old runs. `/flow-run list today` lists those of today.",
                )
            },
        ),
        "saferme": VendorFacts(
            name="SaferMe",
            variables="SAFERME_EMAIL and SAFERME_PASSWORD (or SAFERME_ACCESS_TOKEN)",
            smaller="Ask for a shorter period, such as last-7d.",
            not_found={"": ("this channel of reports", _CHECK_NAME)},
        ),
    }
)
