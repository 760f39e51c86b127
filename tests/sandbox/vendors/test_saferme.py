from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from sandbox.clock import SandboxClock
from sandbox.vendors.saferme import SaferMeVendor
from sandbox.vendors.saferme.reports import CHANNELS
from tests.http.contract import TLS

START = datetime(2026, 11, 23, 8, 59, tzinfo=UTC)
ROOT = "/api/v4"
APP = "com.thundermaps.saferme"
PERIOD = {"start_date": "2026-11-01T00:00:00Z", "end_date": "2026-11-30T00:00:00Z"}
ASKED = {"channel_id": "501", **PERIOD}


@pytest.fixture
async def vendor() -> AsyncIterator[SaferMeVendor]:
    async with SaferMeVendor(SandboxClock(START), odd=True) as vendor:
        yield vendor


@pytest.fixture
async def http(vendor: SaferMeVendor) -> AsyncIterator[httpx.AsyncClient]:
    token = vendor.sessions.begin().access
    headers = {"Authorization": f"Token token={token}", "X-AppId": APP}
    async with httpx.AsyncClient(
        base_url=vendor.url + ROOT, headers=headers, trust_env=False, verify=TLS
    ) as http:
        yield http


async def counted(http: httpx.AsyncClient, name: str, **more: str) -> Any:
    return (await http.get(f"/analytics/{name}", params={**ASKED, **more})).json()


@pytest.mark.parametrize("plan", CHANNELS, ids=lambda plan: str(plan.id))
async def test_each_channel_has_its_reports(http: httpx.AsyncClient, plan: Any) -> None:
    counts = await counted(http, "reports_per_state", channel_id=str(plan.id))
    assert bool(counts) == bool(plan.daily)


async def test_time_brings_reports_and_moves_them_on(
    vendor: SaferMeVendor, http: httpx.AsyncClient
) -> None:
    async def states() -> dict[str, int]:
        counts = await counted(http, "reports_per_state")
        return {one["name"]: one["report_count"] for one in counts}

    before = await states()
    vendor.clock.advance(seconds=5 * 86_400)
    after = await states()
    assert sum(after.values()) > sum(before.values())
    assert after["Resolved"] > before["Resolved"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": "Bearer x"}, 401),
        ({"X-AppId": "other"}, 401),
        ({"Authorization": "Token token=dead"}, 401),
        ({}, 200),
    ],
)
async def test_token_and_app_are_checked(
    http: httpx.AsyncClient, headers: dict[str, str], status: int
) -> None:
    assert (await http.get("/teams", headers=headers)).status_code == status


async def test_a_refresh_kills_the_old_pair_at_once(
    vendor: SaferMeVendor, http: httpx.AsyncClient
) -> None:
    old = vendor.sessions.begin()
    body = {"session": {"access_token": old.access, "refresh_token": old.refresh}}
    first, second = [await http.patch("/session", json=body) for _ in range(2)]
    assert (first.status_code, second.status_code) == (200, 401)
    dead = await http.get("/teams", headers={"Authorization": f"Token token={old.access}"})
    assert dead.status_code == 401


async def test_a_session_shows_its_tokens_once_and_can_be_ended(http: httpx.AsyncClient) -> None:
    session = (await http.get("/session")).json()["session"]
    assert "access_token" not in session
    assert (await http.delete("/session")).json() == {}
    assert (await http.get("/teams")).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 422), ([], 422), ({"session": {}}, 401), ({"session": {"email": "x"}}, 401)],
)
async def test_a_bad_sign_in_is_refused(http: httpx.AsyncClient, body: object, status: int) -> None:
    assert (await http.post("/session", json=body)).status_code == status


@pytest.mark.parametrize("name", ["channel_id", "start_date", "end_date"])
async def test_a_missing_parameter_is_named(http: httpx.AsyncClient, name: str) -> None:
    params = {key: value for key, value in ASKED.items() if key != name}
    answer = await http.get("/analytics/reports_read", params=params)
    assert (answer.status_code, answer.json()) == (422, {"message": "client error", "param": name})


async def test_reads_are_the_total_alone_unless_others_are_asked_for(
    http: httpx.AsyncClient,
) -> None:
    assert set(await counted(http, "reports_read")) == {"total_reads"}
    some = await counted(http, "reports_read", fields="unique_reads,reports_seen,x")
    assert set(some) == {"unique_reads", "reports_seen"}


async def test_zeros_are_left_out_or_not(vendor: SaferMeVendor, http: httpx.AsyncClient) -> None:
    assert len(await counted(http, "reports_per_day_hour")) < 24
    vendor.set_switch("sparse", value=False)
    assert len(await counted(http, "reports_per_day_hour")) == 24


async def test_hours_and_days_are_of_the_zone_of_the_switch(
    vendor: SaferMeVendor, http: httpx.AsyncClient
) -> None:
    utc = await counted(http, "reports_per_day_hour")
    vendor.set_switch("zone", "Pacific/Auckland")
    there = await counted(http, "reports_per_day_hour")
    moved = {(one["hour"] + 13) % 24: one["report_count"] for one in utc}
    assert moved == {one["hour"]: one["report_count"] for one in there}


@pytest.mark.parametrize(
    ("header", "size", "said"),
    [
        ("", 60, "channels 0-59/150"),
        ("objects=0-999", 100, "channels 0-99/150"),
        ("reports=140-149", 10, "channels 140-149/150"),
        ("objects=150-249", 0, "channels */150"),
    ],
)
async def test_lists_are_paged_by_range(
    vendor: SaferMeVendor, http: httpx.AsyncClient, header: str, size: int, said: str
) -> None:
    vendor.set_switch("many_channels", 150)
    answer = await http.get("/channels", headers={"Range": header} if header else {})
    assert (len(answer.json()), answer.headers["Content-Range"]) == (size, said)


@pytest.mark.parametrize("status", ["200", "416"])
async def test_past_the_end_there_is_nothing(
    vendor: SaferMeVendor, http: httpx.AsyncClient, status: str
) -> None:
    vendor.set_switch("past_the_end", status)
    answer = await http.get("/channels", headers={"Range": "objects=5-104"})
    assert answer.status_code == int(status)
    assert (answer.json(), answer.headers["Content-Range"]) == ([], "channels */5")
    empty = await http.get("/report_states?channel_id=501", headers={"Range": "objects=0-99"})
    assert empty.status_code == 200


async def test_a_refusal_has_its_reason_in_a_header(http: httpx.AsyncClient) -> None:
    answer = await http.get("/teams", headers={"X-AppId": "other"})
    assert answer.headers["X-Status-Reason"] == "Unauthorized"


async def test_categories_are_numbers_unless_more_is_asked_for(http: httpx.AsyncClient) -> None:
    plain = (await http.get("/channels/501/categories")).json()
    named = (await http.get("/channels/501/categories?fields=label_name,parent_id")).json()
    assert set(plain[0]) == {"id"}
    assert named[1] == {"id": plain[1]["id"], "label_name": "Trip", "parent_id": plain[0]["id"]}


@pytest.mark.parametrize(("value", "told"), [("its number", "50101"), ("an option's value", "f_")])
async def test_a_category_is_counted_by_what_the_switch_says(
    vendor: SaferMeVendor, http: httpx.AsyncClient, value: str, told: str
) -> None:
    vendor.set_switch("category_value", value)
    counts = await counted(http, "reports_per_field_selection", field_id="18")
    assert next(one for one in counts if one["name"] == "Trip")["value"].startswith(told[:5])


async def test_figures_may_need_a_team_in_context(
    vendor: SaferMeVendor, http: httpx.AsyncClient
) -> None:
    vendor.set_switch("team_needed", value=True)
    without = await http.get("/analytics/reports_read", params=ASKED)
    within = await http.get("/analytics/reports_read", params=ASKED, headers={"X-TeamId": "7"})
    assert (without.status_code, within.status_code) == (422, 200)
    assert list(vendor.teams_in_context) == ["", "7"]


async def test_hours_are_instants_and_rows_may_come_in_no_order(
    vendor: SaferMeVendor, http: httpx.AsyncClient
) -> None:
    vendor.set_switch("buckets", "hour")
    ordered = [one["datetime_range_start"] for one in await counted(http, "reports_over_time")]
    vendor.set_switch("mixed", value=True)
    mixed = [one["datetime_range_start"] for one in await counted(http, "reports_over_time")]
    assert {one[14:] for one in ordered} == {"00:00.000Z"}
    assert mixed != ordered
    assert sorted(mixed) == ordered


async def test_names_of_people_come_when_asked_for(http: httpx.AsyncClient) -> None:
    plain = (await http.get("/teams/7/team_users")).json()
    named = (await http.get("/teams/7/team_users?fields=first_name&user_ids[]=41")).json()
    assert "first_name" not in plain[0]
    assert [one["first_name"] for one in named] == ["Ada"]
