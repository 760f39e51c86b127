"""Conditions, the file, quiet hours and holidays in the form of a digest."""

import pytest

from tests.asking.seeing import words
from tests.digests.forms import choose, held, of_answer, pressed, shown, submit
from tests.stage import Stage

MORE = "Conditions, file, quiet hours"
WISHES = "only if completion < 80% margin 5 only if changed quiet 22:00-07:00 except holidays GB"


async def terms(stage: Stage) -> str:
    [row] = await stage.rows("SELECT terms FROM subscriptions")
    return str(row["terms"])


async def opened(stage: Stage) -> None:
    await of_answer(stage, "/flow-report gdpr")
    await pressed(stage, MORE)


async def test_they_are_a_click_away_and_are_ordered_with_the_rest(stage: Stage) -> None:
    await of_answer(stage, "/flow-report gdpr")
    await stage.slack.click(shown(stage), action_id="note", value="for the round")
    view = await pressed(stage, MORE)
    assert "completion" in words(view)
    assert held(view, "note") == "for the round"

    done = await submit(
        stage,
        changed=["changed"],
        only_if="completion < 80%",
        file="without",
        quiet="22:00-07:00",
        holidays="Germany",
    )
    assert done.errors == {}
    assert stage.said()[-1].text.startswith(
        "Done. I'll post Gdpr every weekday at 09:00 (Berlin time), only when completion falls "
        "below 80%, only when something changed, without its file, quiet 22:00\N{EN DASH}07:00, "
        "not on holidays in Germany."
    )


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("only_if", "sunshine < 80%", 'There is no figure "sunshine" here.'),
        ("only_if", "completion < 0%", "Completion is never < 0%."),
        ("only_if", "completion", 'I can\'t read "completion" as a condition.'),
        ("quiet", "whenever", 'I can\'t read "whenever" as hours.'),
        ("quiet", "9:00-9:00", "Quiet hours from 09:00 to 09:00 are none."),
        ("holidays", "Atlantis", 'I don\'t know holidays of "Atlantis".'),
    ],
)
async def test_what_cannot_be_read_is_said_beside_its_field(
    stage: Stage, field: str, typed: str, said: str
) -> None:
    await opened(stage)
    wrong = (await submit(stage, **{field: typed})).errors

    assert list(wrong) == [f"digest_{field}"]
    assert wrong[f"digest_{field}"].startswith(said)
    assert await stage.rows("SELECT id FROM subscriptions") == []
    assert held(shown(stage), f"digest_{field}") == typed


async def test_all_that_is_wrong_is_said_at_once(stage: Stage) -> None:
    await opened(stage)
    wrong = (await submit(stage, only_if="x < 1", quiet="x", holidays="x")).errors

    assert set(wrong) == {"digest_only_if", "digest_quiet", "digest_holidays"}


async def test_an_edit_shows_them_and_keeps_what_is_not_touched(stage: Stage) -> None:
    await stage.command(f"/flow subscribe report gdpr weekdays 09:00 {WISHES}")
    before = await terms(stage)
    await stage.command("/flow edit 1")
    view = shown(stage)
    names = ("digest_only_if", "digest_quiet", "digest_holidays")
    assert [held(view, name) for name in names] == ["completion < 80%", "22:00-07:00", "the UK"]

    await submit(stage, note="new")
    assert await terms(stage) == before


async def test_the_next_times_keep_out_of_quiet_hours_and_holidays(stage: Stage) -> None:
    await of_answer(stage, "/flow-report gdpr")
    await pressed(stage, MORE)
    await stage.slack.click(shown(stage), action_id="digest_quiet", value="8:00-10:00")
    view = await choose(stage, "digest_often", "daily")

    assert "today 10:00, tomorrow 10:00, Wed 25 Nov 10:00 (Berlin time)" in words(view)


async def test_with_a_condition_it_says_what_the_count_does_not_know(stage: Stage) -> None:
    await opened(stage)
    await stage.slack.click(shown(stage), action_id="digest_only_if", value="completion < 80%")
    view = await choose(stage, "digest_often", "daily")

    assert "Without its condition it would have been sent 29 times" in words(view)
