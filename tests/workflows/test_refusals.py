"""What is said of each way in which giosg refuses."""

import pytest

from bot.errors import Reason, VendorError
from bot.slack.blocks.problems import sentence
from bot.workflows.model import GIOSG


@pytest.mark.parametrize(
    ("reason", "detail", "text"),
    [
        (
            Reason.AUTH,
            "subscription: No active subscription.",
            (
                "giosg has no active subscription for this. An admin of the giosg account can "
                "renew it. giosg says: No active subscription."
            ),
        ),
        (
            Reason.AUTH,
            "organization: No access to this organization.",
            (
                "giosg's token has no access to this organization. Your Flowbot admin needs to "
                "set GIOSG_API_TOKEN to one of a user who belongs to it. "
                "giosg says: No access to this organization."
            ),
        ),
        (
            Reason.AUTH,
            "permission: Missing permission: reporting",
            (
                "giosg's token lacks the reporting permission. An admin of the giosg account can "
                "give it to the user whose token it is. giosg says: Missing permission: reporting."
            ),
        ),
        (
            Reason.AUTH,
            "Invalid token.",
            (
                "giosg rejected Flowbot's key. Your Flowbot admin needs to update "
                "GIOSG_API_TOKEN. giosg says: Invalid token."
            ),
        ),
        (
            Reason.REJECTED,
            "filter:",
            "giosg cannot filter by this yet. Leave out action or label, and filter in the file.",
        ),
        (
            Reason.REJECTED,
            'format: "pdf" is not a valid choice.',
            (
                "giosg didn't accept this. Change what it names, or see /flow help. giosg says: "
                'format: "pdf" is not a valid choice.'
            ),
        ),
        (
            Reason.NOT_FOUND,
            "data: Not found.",
            (
                "giosg doesn't know such data. Either the workflow has no such step, or the step "
                "has no event in this period; try a longer one. giosg says: Not found."
            ),
        ),
    ],
    ids=["subscription", "organization", "permission", "key", "filter", "field", "no data"],
)
def test_each_refusal_has_its_own_sentence(reason: Reason, detail: str, text: str) -> None:
    assert sentence(VendorError(GIOSG, reason, detail=detail)) == text
