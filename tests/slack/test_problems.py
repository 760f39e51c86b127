import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import (
    BotError,
    DeniedError,
    Reason,
    SlackError,
    SlackUnreachableError,
    UserError,
    Vendor,
    VendorError,
)
from bot.slack.blocks.problems import problem, vendor_sentence
from bot.training.model import MOMOFLOW
from tests.slack.slack_rules import objections
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import EVIL, vendor_text
from tests.vendors import EXAMPLE, VENDORS

EVERY = [(vendor, reason) for vendor in VENDORS for reason in Reason]


def momo(reason: Reason, detail: str = "", retry_after: float | None = None) -> VendorError:
    return VendorError(MOMOFLOW, reason, detail=detail, retry_after=retry_after)


@pytest.mark.parametrize(("vendor", "reason"), EVERY, ids=lambda one: one.name)
def test_every_failure_of_every_vendor_has_its_own_sentence(vendor: Vendor, reason: Reason) -> None:
    others = {vendor_sentence(VendorError(*other)) for other in EVERY if other != (vendor, reason)}
    sentence = vendor_sentence(VendorError(vendor, reason))
    assert vendor.title in sentence
    assert "{" not in sentence
    assert sentence not in others


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (
            momo(Reason.OFF),
            "MomoFlow isn't set up here. Your Flowbot admin needs to set MOMOFLOW_API_KEY.",
        ),
        (
            momo(Reason.AUTH),
            (
                "MomoFlow rejected Flowbot's key. Your Flowbot admin needs to update "
                "MOMOFLOW_API_KEY."
            ),
        ),
        (
            momo(Reason.NOT_FOUND, "flow: Flow with ID 'x' does not exist"),
            (
                "MomoFlow doesn't know this flow. /flow-report names lists the flows that have a "
                "name here. MomoFlow says: Flow with ID 'x' does not exist"
            ),
        ),
        (
            momo(Reason.NOT_FOUND, "person: No such user"),
            (
                "MomoFlow doesn't know this person. MomoFlow goes by e-mail address; check it "
                "there. "
                "MomoFlow says: No such user"
            ),
        ),
        (
            momo(Reason.NOT_FOUND),
            (
                "MomoFlow doesn't know this flow. /flow-report names lists the flows that have a "
                "name here."
            ),
        ),
        (
            momo(Reason.REJECTED, "End date must be after start date"),
            (
                "MomoFlow didn't accept this. Change what it names, or see /flow help. MomoFlow "
                "says: End date must be after start date"
            ),
        ),
        (
            momo(Reason.RATE_LIMITED, retry_after=61),
            "MomoFlow's rate limit is used up. Try again in 2 minutes.",
        ),
        (
            momo(Reason.MALFORMED, "metrics.totalAssignments"),
            (
                "MomoFlow sent something I can't read, so I'm not showing it. Tell your Flowbot "
                "admin. "
                "Detail: metrics.totalAssignments"
            ),
        ),
        (
            momo(Reason.UNTRUSTED_HOST, "evil.example"),
            (
                "MomoFlow keeps this file on a host I don't trust, so I didn't fetch it. Your "
                "Flowbot admin can check that host. Host: evil.example"
            ),
        ),
        (
            VendorError(MOMOFLOW, Reason.TIMEOUT, uncertain=True),
            (
                "MomoFlow took too long to answer. Ask for a shorter period, such as last-7d, or "
                "for "
                "a single status. It may have been done all the same: look in MomoFlow before you "
                "repeat it."
            ),
        ),
        (
            VendorError(EXAMPLE, Reason.AUTH, detail="nope"),
            (
                "newvendor rejected Flowbot's key. Your Flowbot admin needs to update its "
                "credential. newvendor says: nope"
            ),
        ),
        (
            VendorError(EXAMPLE, Reason.NOT_FOUND, detail="flow: nope"),
            (
                "newvendor doesn't know what was asked for. Check how it is written. "
                "newvendor says: flow: nope"
            ),
        ),
        (UserError("I don't know `/flow x`."), "I don't know /flow x."),
        (DeniedError("Guests may not do this."), "Guests may not do this."),
        (BotError(""), "\N{EN DASH}"),
        (
            SlackError("files.completeUploadExternal", "storage_limit_reached"),
            "This workspace has no room left for files. An admin can delete old ones.",
        ),
        (
            SlackError("chat.postMessage", "ratelimited", retry_after=30),
            "Slack's rate limit is used up. Try again in 30 seconds.",
        ),
        (
            SlackError("chat.postMessage", "new_code"),
            (
                "Slack refused this (new_code). Try again in a few minutes. If it keeps happening, "
                "your Flowbot admin finds this code in the log."
            ),
        ),
        (
            SlackUnreachableError("chat.postMessage", sent=True),
            "Slack did not confirm in time, so the message may have arrived all the same.",
        ),
        (
            SlackUnreachableError("chat.postMessage", sent=False),
            (
                "Slack could not be reached. Try again in a few minutes. If it keeps happening, "
                "tell your Flowbot admin."
            ),
        ),
        (
            ZeroDivisionError("secret"),
            "Something went wrong in Flowbot. Give your Flowbot admin this reference: R-7F3K",
        ),
    ],
)
def test_a_failure_is_said_in_words_with_what_to_do(error: Exception, text: str) -> None:
    assert problem(error, reference="R-7F3K").text == text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "in a few minutes"),
        (0.2, "in 1 second"),
        (60, "in about a minute"),
        (61, "in 2 minutes"),
        (7_199, "in 120 minutes"),
        (7_201, "in 3 hours"),
        (-5, "in a few minutes"),
        (10**9, "in a few minutes"),
        (86_400, "in 24 hours"),
        (90_000, "in 2 days"),
        (float("nan"), "in a few minutes"),
    ],
)
def test_how_long_to_wait_is_said_in_round_words(seconds: float | None, words: str) -> None:
    assert problem(momo(Reason.RATE_LIMITED, retry_after=seconds)).text.endswith(f" {words}.")


def test_a_vendors_words_are_plain_text_beside_ours() -> None:
    rendered = problem(momo(Reason.REJECTED, EVIL))
    assert as_json(rendered) == expected("problem_rejected", rendered)


@settings(deadline=None)
@given(st.sampled_from(EVERY), vendor_text)
def test_no_vendor_text_is_markup(which: tuple[Vendor, Reason], text: str) -> None:
    vendor, reason = which
    assert objections(problem(VendorError(vendor, reason, detail=text))) == []


@settings(deadline=None)
@given(vendor_text)
def test_what_a_person_typed_is_no_markup(text: str) -> None:
    assert objections(problem(UserError(f"I don't know {text}"))) == []
