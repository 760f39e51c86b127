"""What the failure sentences say about each vendor: its name, its settings, and what helps."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from bot.errors import Reason

_ASK_LESS: Final = "Ask for less at a time."
_CHECK_NAME: Final = "Check how it is written."
_NAMED: Final = "`/flow-report names` lists the flows that have a name here."


@dataclass(frozen=True, slots=True)
class VendorFacts:
    """A vendor as people know it.

    `variables` are the environment variables of its credential, `smaller` a sentence on asking for
    less. `not_found` gives, for each code that may begin the detail of a NOT_FOUND error, what is
    missing and a sentence that helps; the empty code stands for all others. `refused` gives, for
    each code that may begin the detail of any other error, the whole sentence for it.
    """

    name: str
    variables: str
    smaller: str = _ASK_LESS
    not_found: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)

    def missing(self, code: str) -> tuple[str, str]:
        """Return what is not there, and what to do about it."""
        known = self.not_found.get(code) or self.not_found.get("")
        return known or ("what was asked for", _CHECK_NAME)

    def codes(self, reason: Reason) -> Collection[str]:
        """Return the codes that clients may put before the vendor's words of such an error."""
        return self.not_found if reason is Reason.NOT_FOUND else self.refused


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
            name="FLOW",
            variables="FLOWAPP_API_SECRET",
            smaller="Ask for a single event, or for one report at a time.",
            not_found={"": ("this event", "`/flow-events future` lists the events to come.")},
        ),
        "giosg": VendorFacts(
            name="giosg",
            variables="GIOSG_API_TOKEN",
            smaller="Ask for a shorter period, or set a lower limit.",
            not_found={
                "": ("this workflow", "`/flow-export workflows` lists them."),
                "workflow": ("this workflow", "`/flow-export workflows` lists them."),
                "data": (
                    "such data",
                    (
                        "Either the workflow has no such step, or the step has no event in this "
                        "period; try a longer one."
                    ),
                ),
                "route": ("this address", "Ask whoever runs Flowbot to check GIOSG_BASE_URL."),
            },
            refused={
                "subscription": "giosg has no active subscription for this. An admin of the giosg "
                "account can renew it.",
                "organization": "giosg's token has no access to this organization. Ask whoever "
                "runs Flowbot to set GIOSG_API_TOKEN to one of a user who belongs to it.",
                "permission": "giosg's token lacks the reporting permission. An admin of the giosg "
                "account can give it to the user whose token it is.",
                "forbidden": "giosg does not allow this. The subscription may have ended, the "
                "organization may be another one, or the user whose token it is may lack the "
                "reporting permission; an admin of the giosg account can look.",
                "filter": "giosg cannot filter by this yet. Leave out action or label, and filter "
                "in the file.",
            },
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
            not_found={
                "": ("this channel of reports", "`/flow-analytics channels` lists them."),
            },
            refused={
                "locked": "SaferMe has locked the account that Flowbot uses. Its owner can unlock "
                "it at SaferMe.",
                "forbidden": "SaferMe does not let Flowbot's account see this. A manager of the "
                "channel can make that account an operator of it.",
            },
        ),
    }
)
