"""The FLOW client against a local FLOW that answers as oddly as its pages leave room for."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot.errors import Reason, VendorError
from bot.webinars.client.client import FlowApp
from bot.webinars.model import PAST, REGISTRANTS, Event
from sandbox.clock import SandboxClock
from sandbox.vendors.flowapp import FlowAppVendor
from tests.http.contract import START, TLS
from tests.webinars.test_client import NEW


@pytest.fixture
async def vendor() -> AsyncIterator[FlowAppVendor]:
    async with FlowAppVendor(SandboxClock(START), odd=True) as vendor:
        yield vendor


@pytest.fixture
async def flowapp(vendor: FlowAppVendor) -> AsyncIterator[FlowApp]:
    secret = SecretStr(vendor.api_secret)
    async with FlowApp(secret, base_url=vendor.url, clock=vendor.clock, tls=TLS) as client:
        yield client


async def last(flowapp: FlowApp, title: str) -> Event:
    past = await flowapp.events(PAST)
    return [event for event in past if event.title == title][-1]


@pytest.mark.parametrize(
    ("form", "token"),
    [("event", True), ("with its creator", True), ("null", False), ("empty body", False)],
)
async def test_whatever_a_yes_to_a_creation_looks_like_the_event_is_made(
    vendor: FlowAppVendor, flowapp: FlowApp, form: str, *, token: bool
) -> None:
    vendor.set_switch("created_answer", form)
    created = await flowapp.create_event(NEW)
    [made] = [each for each in await flowapp.events() if each.title == NEW.title]
    assert created.token == (made.token if token else "")


async def test_a_page_in_place_of_a_yes_leaves_open_whether_the_event_is_made(
    vendor: FlowAppVendor, flowapp: FlowApp
) -> None:
    vendor.set_switch("answer_html", 1)
    with pytest.raises(VendorError) as failed:
        await flowapp.create_event(NEW)
    assert (failed.value.reason, failed.value.uncertain) == (Reason.MALFORMED, True)


async def test_the_public_answer_may_have_next_to_nothing(
    vendor: FlowAppVendor, flowapp: FlowApp
) -> None:
    vendor.set_switch("bare_public", value=True)
    event = await last(flowapp, "Product tour")
    public = await flowapp.public_event(event.token)
    assert (public.token, public.title, public.starts_at) == (
        event.token,
        event.title,
        event.starts_at,
    )
    assert public.duration is None


async def test_a_duration_is_passed_on_as_a_bare_number(
    vendor: FlowAppVendor, flowapp: FlowApp
) -> None:
    vendor.set_switch("duration_unit", "minutes")
    assert (await last(flowapp, "Product tour")).duration == 45


@pytest.mark.parametrize("form", ["time alone", "words"])
async def test_times_without_a_date_cross_midnight_and_words_are_kept(
    vendor: FlowAppVendor, flowapp: FlowApp, form: str
) -> None:
    token = (await last(flowapp, "Night shift handover")).token
    plain = await flowapp.registrants(token)
    crossing = [each for each in plain if _crosses_midnight(each.entered, each.left)]
    assert crossing
    assert all(each.minutes for each in crossing)
    vendor.clock.advance(seconds=6)
    vendor.set_switch("time_form", form)
    again = await flowapp.registrants(token)
    assert [each.attended for each in again] == [each.attended for each in plain]
    told = [each.minutes for each in again]
    assert told == (
        [each.minutes for each in plain] if form == "time alone" else [None] * len(told)
    )


@pytest.mark.parametrize(("form", "rows"), [("a list", True), ("missing", False)])
async def test_survey_results_are_read_in_whatever_form(
    vendor: FlowAppVendor, flowapp: FlowApp, form: str, *, rows: bool
) -> None:
    token = (await last(flowapp, "Product tour")).token
    as_csv = await flowapp.compiled_report(token)
    vendor.set_switch("survey_results", form)
    found = await flowapp.compiled_report(token)
    assert found.survey_results.rows == (as_csv.survey_results.rows if rows else ())
    assert found.registrants == as_csv.registrants


async def test_words_in_place_of_a_report_are_the_vendors_no(
    vendor: FlowAppVendor, flowapp: FlowApp
) -> None:
    token = (await last(flowapp, "Product tour")).token
    vendor.set_switch("csv_form", "words alone")
    with pytest.raises(VendorError) as failed:
        await flowapp.csv_report(token, REGISTRANTS)
    assert (failed.value.reason, failed.value.detail) == (
        Reason.REJECTED,
        "There is no report for this event",
    )


def _crosses_midnight(entered: str, left: str) -> bool:
    return bool(entered) and entered[:10] != left[:10]
