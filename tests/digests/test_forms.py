"""The window that orders a digest: choices instead of grammar, and the grammar still."""

import pytest

from sandbox.slack.views import View
from tests.asking.answers import SUBSCRIBE, opened
from tests.asking.seeing import words
from tests.stage import Stage

Chosen = dict[str, dict[str, str]]


def chosen(**inputs: str) -> Chosen:
    return {f"digest_{name}": {f"digest_{name}": value} for name, value in inputs.items()}


def typed(text: str) -> Chosen:
    return {"schedule": {"schedule": text}}


async def window(stage: Stage) -> View:
    await stage.command("/flow-report gdpr overdue")
    return await opened(stage, SUBSCRIBE, stage.said()[-1])


async def submitted(stage: Stage, values: Chosen) -> dict[str, str]:
    """Submit the window and return what is wrong, by input."""
    outcome = await stage.slack.submit(await window(stage), values=values)
    await stage.settle()
    return dict(outcome.errors)


async def test_it_says_what_goes_where(stage: Stage) -> None:
    view = await window(stage)

    said = words(view)
    assert "Send \nGdpr, overdue\n to \n on a schedule." in said
    assert "CTRAIN" in str(view.raw)


async def test_as_it_opens_it_orders_every_weekday_at_nine(stage: Stage) -> None:
    assert await submitted(stage, {}) == {}
    assert stage.said()[-1].text == (
        "Done. I'll post Gdpr, overdue every weekday at 09:00 (Berlin time). "
        "Next: today 09:00, tomorrow 09:00, Wed 25 Nov 09:00"
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (chosen(often="first monday", time="08:30"), "on the first Monday of each month at 08:30"),
        (chosen(often="every 2 weeks monday"), "every other Monday at 09:00"),
        (chosen(often="quarterly", time="16:00"), "at 16:00 (Berlin time)"),
        (typed("mon and thu 8:30 London"), "every Monday and Thursday at 08:30 (London time)"),
        ({**chosen(often="daily"), **typed("fridays noon")}, "every Friday at 12:00"),
    ],
)
async def test_what_is_chosen_or_else_written_is_ordered(
    stage: Stage, values: Chosen, said: str
) -> None:
    assert await submitted(stage, values) == {}
    assert said in stage.said()[-1].text


async def test_a_time_zone_is_found_by_its_city(stage: Stage) -> None:
    view = await window(stage)
    found = await stage.slack.options(view, action_id="digest_zone", query="toky")
    assert [each["value"] for each in found.options] == ["Asia/Tokyo"]

    await stage.slack.submit(view, values=chosen(zone="Asia/Tokyo"))
    await stage.settle()
    assert "every weekday at 09:00 (Tokyo time)" in stage.said()[-1].text


@pytest.mark.parametrize("text", ["whenever", "mondays 9:00 and so on"])
async def test_what_cannot_be_read_is_said_beside_it(stage: Stage, text: str) -> None:
    wrong = await submitted(stage, typed(text))

    assert list(wrong) == ["schedule"]
    assert await stage.rows("SELECT id FROM subscriptions") == []
