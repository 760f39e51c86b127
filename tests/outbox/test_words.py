"""What is said when a file could not go where it was meant to go."""

import json

from bot.errors import Reason, VendorError
from bot.outbox.words import invitation, not_uploaded
from bot.slack.blocks.ids import Action
from bot.slack.messages import FileOffer, FileSource
from tests.vendors import EXAMPLE

OFFER = FileOffer("a.csv", "<!channel> as CSV", FileSource("rows"))


def test_an_invitation_gives_the_line_to_type_and_a_button_for_another_try() -> None:
    message = invitation(OFFER, retry_key="answer:1#1")

    assert "/invite @Flowbot" in message.text
    button = message.blocks[-1]["elements"][0]
    assert (button["action_id"], button["value"]) == (Action.TRY_AGAIN, "answer:1#1")


def test_a_lost_file_is_explained_in_the_words_of_its_trouble() -> None:
    message = not_uploaded(OFFER, VendorError(EXAMPLE, Reason.TIMEOUT), retry_key="answer:1#1")

    assert "took too long to answer" in message.text
    assert message.blocks[-1]["elements"][0]["value"] == "answer:1#1"


def test_the_title_of_a_file_is_never_markup() -> None:
    message = invitation(OFFER, retry_key="answer:1#1")

    assert "<!channel>" not in message.text
    assert "mrkdwn" not in json.dumps(message.blocks)
