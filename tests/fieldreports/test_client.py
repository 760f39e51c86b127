"""The SaferMe client against the local SaferMe, over HTTP."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.errors import Reason, VendorError
from bot.fieldreports.client.client import SaferMe
from bot.fieldreports.client.session import Login
from bot.fieldreports.model import ReadFigures, ReportSpan
from sandbox.clock import SandboxClock
from sandbox.vendors.saferme import SaferMeVendor
from sandbox.vendors.saferme.reports import CHANNELS, DEPARTED, FOREIGN_CHANNEL
from tests.http.contract import START, TLS

ASKED = ReportSpan(501, START - timedelta(days=28), START)
FOREIGN = ReportSpan(FOREIGN_CHANNEL, ASKED.start, ASKED.end)
HAZARDS = CHANNELS[0]


@pytest.fixture
async def vendor() -> AsyncIterator[SaferMeVendor]:
    async with SaferMeVendor(SandboxClock(START), odd=True) as vendor:
        yield vendor


@pytest.fixture
async def saferme(vendor: SaferMeVendor) -> AsyncIterator[SaferMe]:
    async with SaferMe(
        clock=vendor.clock,
        login=Login(vendor.email, SecretStr(vendor.password)),
        team_id=vendor.team_id,
        base_url=vendor.url,
        download_hosts=[vendor.files_host],
        tls=TLS,
    ) as client:
        yield client


async def failure(asked: Awaitable[object]) -> VendorError:
    with pytest.raises(VendorError) as failed:
        await asked
    return failed.value


def asked_for(vendor: SaferMeVendor, part: str) -> int:
    return sum(part in call.path for call in vendor.calls)


@pytest.mark.parametrize("width", ["by span", "day", "week", "month"])
async def test_every_figure_counts_the_same_reports(
    vendor: SaferMeVendor, saferme: SaferMe, width: str
) -> None:
    vendor.set_switch("buckets", width)
    total = sum(one.count for one in await saferme.over_time(ASKED))
    assert total > 50
    assert [
        sum(one.count for one in await saferme.by_state(ASKED)),
        sum(one.count for one in await saferme.by_user(ASKED)),
        sum(one.count for one in await saferme.by_hour(ASKED)),
        sum(one.count for one in await saferme.by_weekday(ASKED)),
        sum(one.count for one in await saferme.by_choice(ASKED, 17)),
    ] == [total] * 5


async def test_buckets_begin_on_mondays_in_utc(saferme: SaferMe) -> None:
    buckets = await saferme.over_time(ASKED)
    assert {(one.width, one.start.isoweekday()) for one in buckets} == {("week", 1)}


async def test_states_come_with_their_names(saferme: SaferMe) -> None:
    named = {one.id: one.name for one in await saferme.states(501)}
    counts = await saferme.by_state(ASKED)
    assert {one.state_id: one.name for one in counts} == named
    assert list(named.values()) == ["New Report", "In Progress", "Resolved"]


@pytest.mark.parametrize("sunday", ["0", "7"])
async def test_sunday_is_the_seventh_day_however_it_is_counted(
    vendor: SaferMeVendor, saferme: SaferMe, sunday: str
) -> None:
    vendor.set_switch("sunday", sunday)
    vendor.set_switch("sparse", value=False)
    counts = await saferme.by_weekday(ASKED)
    assert sorted(one.weekday for one in counts) == [1, 2, 3, 4, 5, 6, 7]


async def test_people_have_names_and_who_left_has_none(saferme: SaferMe) -> None:
    counts = await saferme.by_user(ASKED)
    ids = [one.user_id for one in counts if one.user_id is not None]
    people = await saferme.people(7, ids)
    assert people[41].name == "Ada Lovelace"
    assert people[47].name == "nameless@example.com"
    assert DEPARTED in ids
    assert DEPARTED not in people


async def test_anonymous_reports_have_no_user(vendor: SaferMeVendor, saferme: SaferMe) -> None:
    vendor.set_switch("anonymous", value=True)
    assert None in {one.user_id for one in await saferme.by_user(ASKED)}


async def test_many_people_are_asked_for_in_parts(vendor: SaferMeVendor, saferme: SaferMe) -> None:
    vendor.set_switch("many_people", 5000)
    wanted = [*range(2000, 6992), DEPARTED]
    assert len(await saferme.people(7, wanted)) == 4992
    assert asked_for(vendor, "team_users") == 50
    assert len(await saferme.people(7, [41, *wanted])) == 4993
    assert asked_for(vendor, "team_users") == 51


async def test_people_are_asked_for_again_after_some_minutes(
    vendor: SaferMeVendor, saferme: SaferMe
) -> None:
    assert DEPARTED not in await saferme.people(7, [DEPARTED])
    vendor.set_switch("departed", value=False)
    assert DEPARTED not in await saferme.people(7, [DEPARTED])
    vendor.clock.advance(seconds=600)
    assert DEPARTED in await saferme.people(7, [DEPARTED])


async def test_categories_come_with_their_names(saferme: SaferMe) -> None:
    whole, *choices = await saferme.categories(501)
    assert (whole.label, whole.parent_id) == ("All", None)
    assert [each.label for each in choices] == ["Trip", "Fall", "Fire", "Chemical"]
    assert {each.parent_id for each in choices} == {whole.id}
    assert await saferme.categories(502) == ()


async def test_figures_are_asked_for_in_the_context_of_their_team(
    vendor: SaferMeVendor, saferme: SaferMe
) -> None:
    await saferme.by_hour(replace(ASKED, team_id=8))
    await saferme.by_weekday(ASKED)
    assert list(vendor.teams_in_context) == ["8", "7"]


async def test_reads_are_those_asked_for(saferme: SaferMe) -> None:
    whole = await saferme.reads(ASKED)
    assert all(value is not None for value in (whole.total_reads, whole.reports_seen))
    assert await saferme.reads(ASKED, ["unique_reads"]) == ReadFigures(
        unique_reads=whole.unique_reads
    )


async def test_awareness_has_names_and_the_figures_asked_for(saferme: SaferMe) -> None:
    people = await saferme.awareness(ASKED, ["total_alerts", "alerts_opened"])
    assert people[0].first_name == "Ada"
    assert all(one.total_alerts is not None and one.unique_alerts is None for one in people)


@pytest.mark.parametrize("form", ["a string", "an object", "empty", "null"])
@pytest.mark.parametrize("radio", ["RadioButton", "Radio"])
async def test_the_choices_of_a_form_are_read_in_all_their_shapes(
    vendor: SaferMeVendor, saferme: SaferMe, form: str, radio: str
) -> None:
    vendor.set_switch("form_data", form)
    vendor.set_switch("radio_name", radio)
    found = await saferme.form(501)
    severity = found.fields[0]
    labels = ["Low", "Medium", "High"] if form in ("a string", "an object") else []
    assert [option.label for option in severity.options] == labels
    assert [one.label for one in found.fields if one.selectable] == [
        "Severity",
        "Kind",
        "Still there?",
    ]


async def test_the_choices_of_a_form_are_those_of_the_counts(saferme: SaferMe) -> None:
    form = next(one for one in await saferme.forms() if one.id == 501)
    options = {option.value: option.label for option in form.fields[0].options}
    counts = await saferme.by_choice(ASKED, form.fields[0].id)
    assert {one.value: one.name for one in counts} == options


async def test_a_field_without_choices_cannot_be_counted_by(saferme: SaferMe) -> None:
    error = await failure(saferme.by_choice(ASKED, 20))
    assert (error.reason, error.detail) == (Reason.REJECTED, "field_id: is not a selection")


@pytest.mark.parametrize(
    ("switches", "calls"),
    [
        ({}, 3),
        ({"page_total": "unknown"}, 4),
        ({"page_total": "unknown", "past_the_end": "416"}, 4),
        ({"page_without_unit": True}, 3),
        ({"page_status": "206"}, 3),
        ({"extra_fields": True}, 3),
        ({"page_most": 60}, 4),
        ({"page_most": 60, "page_total": "unknown"}, 5),
        ({"range_ignored": True}, 2),
    ],
    ids=str,
)
async def test_long_lists_are_read_to_the_end(
    vendor: SaferMeVendor, saferme: SaferMe, switches: dict[str, object], calls: int
) -> None:
    for name, value in {"many_channels": 233, **switches}.items():
        vendor.set_switch(name, value)
    channels = await saferme.channels()
    assert len({one.id for one in channels}) == len(channels) == 233
    assert asked_for(vendor, "channels") == calls


async def test_channels_can_be_only_those_we_run(saferme: SaferMe) -> None:
    everything, ours = await saferme.channels(), await saferme.channels(operable=True)
    assert Counter(everything) - Counter(ours) == Counter(
        one for one in everything if one.name == "Visitors"
    )
    assert [team.id for team in await saferme.teams()] == [7]


@pytest.mark.parametrize(
    ("switch", "value"),
    [
        ("image_host", "this host"),
        ("image_host", "another host"),
        ("image_redirects", True),
    ],
)
async def test_a_picture_is_fetched_wherever_it_is(
    vendor: SaferMeVendor, saferme: SaferMe, switch: str, value: object
) -> None:
    vendor.set_switch(switch, value)
    images = await saferme.images(ASKED)
    assert images[0].thumbnail_url not in repr(images[0])
    async with saferme.picture(images[0].thumbnail_url) as download:
        content = b"".join([chunk async for chunk in download.chunks])
    assert (content[:4], download.content_type) == (b"\x89PNG", "image/png")


async def test_an_address_that_ended_and_a_picture_that_is_none_are_refused(
    vendor: SaferMeVendor, saferme: SaferMe
) -> None:
    url = (await saferme.images(ASKED))[0].medium_url
    vendor.set_switch("image_content", "a page that says it is one")
    error = await failure(saferme.picture(url).__aenter__())
    assert (error.reason, error.detail) == (Reason.MALFORMED, "body: an HTML page, not a picture")
    vendor.clock.advance(seconds=900)
    error = await failure(saferme.picture(url).__aenter__())
    assert (error.reason, error.detail) == (Reason.AUTH, "forbidden: Request has expired")


async def test_a_session_that_ended_is_refreshed_without_notice(
    vendor: SaferMeVendor, saferme: SaferMe
) -> None:
    await saferme.form(501)
    vendor.sessions.expire()
    vendor.clock.advance(seconds=60)
    assert (await saferme.form(501)).id == 501
    assert [(call.method, call.status) for call in vendor.calls] == [
        ("POST", 200),
        ("GET", 200),
        ("GET", 401),
        ("PATCH", 200),
        ("GET", 200),
    ]


async def test_a_session_is_begun_anew_once_its_refresh_has_ended(
    vendor: SaferMeVendor, saferme: SaferMe
) -> None:
    await saferme.form(501)
    vendor.clock.advance(seconds=401 * 86_400)
    assert (await saferme.form(501)).id == 501
    assert [call.method for call in vendor.calls] == ["POST", "GET", "PATCH", "POST", "GET"]


async def test_a_locked_account_is_named_as_such(vendor: SaferMeVendor, saferme: SaferMe) -> None:
    vendor.set_switch("account_locked", value=True)
    error = await failure(saferme.form(501))
    assert (error.reason, error.detail) == (Reason.AUTH, "locked: Your account is locked")


@pytest.mark.parametrize("form", ["a list", "an object"])
@pytest.mark.parametrize(
    ("answer", "reason", "code"),
    [("403", Reason.AUTH, "forbidden: "), ("404", Reason.NOT_FOUND, "")],
)
async def test_a_channel_that_is_not_ours_is_refused_in_the_vendors_words(
    vendor: SaferMeVendor, saferme: SaferMe, form: str, answer: str, reason: Reason, code: str
) -> None:
    vendor.set_switch("errors", form)
    vendor.set_switch("no_rights", answer)
    error = await failure(saferme.by_state(FOREIGN))
    assert (error.reason, error.detail) == (reason, f"{code}You may not see this channel")


@pytest.mark.parametrize("switch", ["answer_420", "answer_429", "answer_502", "cut_body"])
async def test_a_failure_that_passes_is_not_noticed(
    vendor: SaferMeVendor, saferme: SaferMe, switch: str
) -> None:
    await saferme.teams()
    vendor.set_switch("retry_after", 20)
    vendor.set_switch(switch, 1)
    assert await saferme.by_state(ASKED)


@pytest.mark.parametrize(
    ("name", "ask", "path"),
    [
        ("report_count", lambda client: client.by_hour(ASKED), "body[0].report_count"),
        ("id", lambda client: client.channels(), "body[0].id"),
        ("user_id", lambda client: client.people(7, [41]), "body[0].user_id"),
    ],
)
async def test_a_missing_field_is_named_with_its_place(
    vendor: SaferMeVendor,
    saferme: SaferMe,
    name: str,
    ask: Callable[[SaferMe], Awaitable[object]],
    path: str,
) -> None:
    vendor.set_switch("missing_field", name)
    error = await failure(ask(saferme))
    assert (error.reason, error.detail) == (Reason.MALFORMED, path)


async def test_the_same_question_within_seconds_is_asked_once(
    vendor: SaferMeVendor, saferme: SaferMe
) -> None:
    assert await saferme.by_state(ASKED) == await saferme.by_state(ASKED)
    assert asked_for(vendor, "reports_per_state") == 1
