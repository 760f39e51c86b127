"""Who is who across organisations, as Slack's objects say it: whatever they leave open counts."""

from typing import Any

import pytest

from bot.slack.people import Home, Membership, Place, Reach, read_person, read_place

HOME = Home("T0OURS")
GRID = Home("T0OURS", enterprise_id="E0OURS")
ADA = {"id": "U1", "team_id": "T0OURS", "is_restricted": False}
OTHER = {"id": "U2", "team_id": "T0OTHER", "is_restricted": False}
SISTER = {**OTHER, "enterprise_user": {"enterprise_id": "E0OURS"}}


@pytest.mark.parametrize(
    ("user", "home", "expected"),
    [
        pytest.param(ADA, HOME, Membership.OURS, id="of our workspace"),
        pytest.param({**ADA, "is_restricted": True}, HOME, Membership.GUEST, id="a guest"),
        pytest.param(
            {**ADA, "is_restricted": True, "is_ultra_restricted": True},
            HOME,
            Membership.GUEST,
            id="a guest of one channel",
        ),
        pytest.param(OTHER, HOME, Membership.EXTERNAL, id="of another, is_stranger absent"),
        pytest.param({**OTHER, "is_stranger": False}, HOME, Membership.EXTERNAL, id="no stranger"),
        pytest.param({**ADA, "is_stranger": True}, HOME, Membership.EXTERNAL, id="a stranger"),
        pytest.param(SISTER, GRID, Membership.OURS, id="of our organisation"),
        pytest.param(SISTER, HOME, Membership.EXTERNAL, id="of one that we are not in"),
        pytest.param(
            {**SISTER, "enterprise_user": {"enterprise_id": "E0OTHER"}},
            GRID,
            Membership.EXTERNAL,
            id="of another organisation",
        ),
        pytest.param(
            {**SISTER, "is_restricted": True}, GRID, Membership.GUEST, id="a guest of a sister"
        ),
        pytest.param({**ADA, "enterprise_user": None}, GRID, Membership.OURS, id="ours in a Grid"),
        pytest.param({"id": "U1"}, HOME, Membership.EXTERNAL, id="no team"),
        pytest.param({}, HOME, Membership.EXTERNAL, id="nothing"),
        pytest.param({"id": "U1", "team_id": ""}, Home(""), Membership.EXTERNAL, id="both unknown"),
        pytest.param(
            {"id": "U1", "team_id": "T0OURS"}, HOME, Membership.EXTERNAL, id="guest or not unsaid"
        ),
        pytest.param(
            {"id": "U1", "team_id": "T0OURS", "deleted": True}, HOME, Membership.OURS, id="who left"
        ),
    ],
)
def test_a_membership_is_read_from_team_and_organisation(
    user: dict[str, Any], home: Home, expected: Membership
) -> None:
    assert read_person(user, home, default_zone="UTC").membership is expected


def test_a_person_has_a_name_a_zone_and_an_address() -> None:
    profile = {"display_name": "", "real_name": "Ada Lovelace", "email": "ada@example.com"}
    user = {**ADA, "tz": "Europe/Berlin", "profile": profile, "deleted": True}

    found = read_person(user, HOME, default_zone="UTC")

    assert (found.name, found.zone, found.email) == (
        "Ada Lovelace",
        "Europe/Berlin",
        profile["email"],
    )
    assert not found.is_active


@pytest.mark.parametrize("zone", [None, "", "Mars/Base", "../etc/passwd"])
def test_a_zone_that_nobody_knows_is_replaced(zone: str | None) -> None:
    assert read_person({**ADA, "tz": zone}, HOME, default_zone="Asia/Tokyo").zone == "Asia/Tokyo"


OURS = {"id": "C1", "is_ext_shared": False, "is_shared": False, "is_private": False}


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        pytest.param(OURS, Reach.INTERNAL, id="ours"),
        pytest.param({**OURS, "is_ext_shared": True, "is_shared": True}, Reach.SHARED, id="shared"),
        pytest.param({**OURS, "is_pending_ext_shared": True}, Reach.SHARED, id="about to be"),
        pytest.param({**OURS, "pending_shared": ["T2"]}, Reach.SHARED, id="one was invited"),
        pytest.param(
            {**OURS, "pending_connected_team_ids": ["T2"]}, Reach.SHARED, id="one may connect"
        ),
        pytest.param(
            {**OURS, "is_shared": True, "is_org_shared": True},
            Reach.INTERNAL,
            id="shared inside our organisation",
        ),
        pytest.param({**OURS, "is_shared": True}, Reach.UNKNOWN, id="shared, with whom unsaid"),
        pytest.param({"id": "C1"}, Reach.UNKNOWN, id="nothing"),
        pytest.param({"id": "D1", "is_im": True, "user": "U1"}, Reach.INTERNAL, id="direct"),
        pytest.param(
            {"id": "D1", "is_im": True, "is_ext_shared": True}, Reach.SHARED, id="direct, shared"
        ),
    ],
)
def test_a_reach_is_read_from_what_a_channel_says(channel: dict[str, Any], expected: Reach) -> None:
    assert read_place(channel, HOME).reach is expected


def test_a_place_names_the_others_who_share_it() -> None:
    channel = {
        **OURS,
        "is_ext_shared": True,
        "shared_team_ids": ["T0OURS", "T2"],
        "connected_team_ids": ["T2"],
        "pending_connected_team_ids": ["T3"],
    }
    assert read_place(channel, HOME).others == ("T2", "T3")


def test_whether_somebody_can_write_and_read_there() -> None:
    assert read_place({**OURS, "is_archived": True}, HOME).is_closed
    assert read_place({**OURS, "is_frozen": True}, HOME).is_closed
    assert read_place({**OURS, "is_member": False}, HOME).is_member is False
    assert read_place(OURS, HOME).is_public
    assert not read_place({**OURS, "is_private": True}, HOME).is_public
    direct = read_place({"id": "D1", "is_im": True, "user": "U1"}, HOME)
    assert (direct.user, direct.is_member, direct.is_public) == ("U1", True, False)


@pytest.mark.parametrize(
    ("team", "home", "expected"),
    [
        ("T0OTHER", HOME, True),
        ("T0OURS", HOME, False),
        ("", HOME, False),
        ("T0OTHER", GRID, False),  # may be a sister: only the person's own data says
    ],
)
def test_a_team_alone_is_enough_outside_a_grid(team: str, home: Home, *, expected: bool) -> None:
    assert home.excludes(team) is expected


def test_what_is_not_known_is_nobodys_place() -> None:
    assert Place("C1").reach is Reach.UNKNOWN
    assert not Place("C1").is_member
