"""What whoever orders a digest about webinars should know of it: when it comes, and who sees what.

A digest is seen by everybody in its channel, which was chosen on purpose.
"""

from collections.abc import Iterator

from bot.asking.model import EventsQuestion, Question, is_personal


def order_notes(question: Question) -> Iterator[str]:
    """Yield the sentences to say when this is ordered; none for most questions."""
    if not isinstance(question, EventsQuestion):
        return
    if question.view == "registrations":
        yield "It comes until the session begins; with no session ahead nothing is sent."
    if question.view == "summary":
        yield "It comes once after each session, when it is over; on other days nothing is sent."
        yield "The compiled report in it has e-mail addresses, for all in this channel to see."
    if is_personal(question):
        yield "It has e-mail addresses and phone numbers, for all in this channel to see."
