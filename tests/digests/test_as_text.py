"""A channel's standing orders as text: exported, compared, applied at once, and copied."""

from typing import Any

import pytest

from sandbox.slack import Outcome
from sandbox.slack.views import View
from tests.asking.seeing import bytes_of, words
from tests.digests.forms import shown
from tests.stage import Stage

ORDERS = (
    "/flow subscribe report onboarding overdue weekdays 09:00 Europe/Berlin only if changed",
    "/flow subscribe report gdpr last-30d first monday 10:00 quiet 22-7 except holidays GB",
)
ROWS = "SELECT channel, question, cron, words, zone, note, state, terms FROM subscriptions"
WATCHES = "SELECT channel, flow_id, conditions FROM watches ORDER BY id"


DAILY = "  - {what: report gdpr, when: daily 9:00}\n"


async def ordered(stage: Stage) -> None:
    for line in ORDERS:
        await stage.command(line)


async def exported(stage: Stage, channel: str = "CTRAIN") -> str:
    before = len(stage.slack.files)
    await stage.command("/flow export", channel=channel)
    [file] = stage.slack.files[before:]
    return bytes_of(file).decode()


async def given(stage: Stage, text: str, *, channel: str = "CFIELD", user: str = "UADA") -> View:
    """Return the window that shows what a text would change."""
    await stage.command("/flow import", channel=channel, user=user)
    await typed(stage, text, user=user)
    await stage.settle()
    return shown(stage, user)


async def typed(stage: Stage, text: str, *, user: str = "UADA") -> Outcome:
    values: dict[str, dict[str, Any]] = {"digests_as_text": {"digests_as_text": text}}
    return await stage.slack.submit(shown(stage, user), values=values, user=user)


async def agreed(stage: Stage, *, others: bool = False) -> Outcome:
    ticked = {"stop_other_digests": {"stop_other_digests": ["stop"]}} if others else {}
    outcome = await stage.slack.submit(shown(stage), values=ticked)
    await stage.settle()
    return outcome


async def test_what_is_exported_is_what_people_type(stage: Stage) -> None:
    await ordered(stage)
    await stage.command('/flow-run watch "Invoice run"')
    text = await exported(stage)

    assert "channel: CTRAIN" in text
    assert "- what: report onboarding overdue\n  when: every weekday at 09:00" in text
    assert "  - only if changed" in text
    assert "  - quiet 22:00-07:00\n  - except holidays GB" in text
    assert "watches:" in text
    assert "exact" not in text


async def test_it_goes_to_the_asker_alone(stage: Stage) -> None:
    await ordered(stage)
    await exported(stage)
    assert stage.slack.files[-1].channel == "DADA"


async def test_a_channel_gets_what_another_one_has(stage: Stage) -> None:
    await ordered(stage)
    await stage.command('/flow-run watch "Invoice run" failed')
    view = await given(stage, await exported(stage))

    assert "3 new" in words(view)

    await agreed(stage)

    rows = await stage.rows(ROWS)
    assert [{**each, "channel": ""} for each in rows[:2]] == [
        {**each, "channel": ""} for each in rows[2:]
    ]
    assert [each["channel"] for each in rows[2:]] == ["CFIELD", "CFIELD"]
    [here, there] = await stage.rows(WATCHES)
    assert {**here, "channel": ""} == {**there, "channel": ""}
    assert stage.said("CFIELD")[-1].text == "Done: added 3."


async def test_the_patterns_of_a_watch_go_with_it(stage: Stage) -> None:
    await stage.command('/flow-run watch all !"*test*"')
    view = await given(stage, await exported(stage))
    await agreed(stage)

    assert "1 new" in words(view)
    rows = await stage.rows("SELECT channel, parts FROM watches ORDER BY id")
    assert [(each["channel"], each["parts"]) for each in rows] == [
        ("CTRAIN", '["!*test*"]'),
        ("CFIELD", '["!*test*"]'),
    ]


async def test_what_was_exported_changes_nothing(stage: Stage) -> None:
    await ordered(stage)
    view = await given(stage, await exported(stage), channel="CTRAIN")
    assert "2 as they are" in words(view)
    assert "submit" not in view.raw


async def test_what_changes_is_shown_before_and_done_together(stage: Stage) -> None:
    await ordered(stage)
    numbers = await stage.rows("SELECT id FROM subscriptions ORDER BY id")
    text = (await exported(stage)).replace("at 10:00", "at 11:30").replace("overdue", "completed")
    view = await given(stage, text, channel="CTRAIN")

    said = words(view)
    assert "1 new, 1 changed, 1 only in this channel" in said
    assert "first Monday" in said
    assert "11:30" in said
    await agreed(stage, others=True)

    after = await stage.rows("SELECT id, words FROM subscriptions ORDER BY id")
    assert [each["id"] for each in after] == [numbers[1]["id"], numbers[1]["id"] + 1]
    assert "11:30" in after[0]["words"]


async def test_what_only_the_channel_has_stays_unless_it_is_said(stage: Stage) -> None:
    await ordered(stage)
    text = "digests:\n  - what: report gdpr\n    when: daily 8:00\n"
    await given(stage, text, channel="CTRAIN")
    await agreed(stage)
    assert len(await stage.rows(ROWS)) == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("digests:\n  - what: report gdpr\n    when: sometimes\n", "Line 3, column 11: "),
        ("digests:\n  - when: daily 9:00\n", "Line 2, column 5: An entry says what it is about"),
        ("digests:\n  - what: report nosuch\n    when: daily 9:00\n", "Line 2, column 11: "),
        ("digests:\n  - what: weather\n    when: daily 9:00\n", "Line 2, column 11: "),
        (
            "digests:\n  - what: report gdpr\n    when: daily 9:00\n    zone: Mars\n",
            "Line 4, column 11: ",
        ),
        (
            "digests:\n  - what: report gdpr\n    when: daily 9:00\n    terms: only if x < 3\n",
            "Line 4, column 12: ",
        ),
        (
            f"digests:\n  - what: report gdpr\n    when: daily 9:00\n    note: {'n' * 300}\n",
            "Line 4, column 11: A note has up to 200 letters, and this has 300.",
        ),
        (f"digests:\n{2 * DAILY}", "Line 3, column 5: "),
        ("watches:\n  - flow: No such flow\n", "Line 2, column 11: "),
        ("watches:\n  - flow: all\n    tell: [sometimes]\n", "Line 3, column 11: "),
        ("channel: A\n---\nchannel: B\n", "Line 3, column 1: Here begins a second channel."),
    ],
)
async def test_what_cannot_be_is_told_with_its_place_and_nothing_is_done(
    stage: Stage, text: str, told: str
) -> None:
    view = await given(stage, f"# mine\n{text}".replace("# mine\n", ""))
    assert told in words(view)
    assert "submit" not in view.raw
    assert await stage.rows(ROWS) == []


async def test_one_too_many_leaves_nothing_half_done(stage: Stage) -> None:
    entries = "".join(
        f"  - what: report gdpr last-{number + 1}d\n    when: daily 9:00\n" for number in range(51)
    )
    await given(stage, f"digests:\n{entries}")
    await agreed(stage)
    assert await stage.rows(ROWS) == []
    assert "50 digests at most, so nothing was changed" in stage.whispered()[-1]


async def test_what_changed_meanwhile_is_not_run_over(stage: Stage) -> None:
    await ordered(stage)
    await given(stage, "digests:\n  - what: report gdpr\n    when: daily 8:00\n", channel="CTRAIN")
    await stage.command("/flow pause 1", user="UGRACE")
    await agreed(stage, others=True)

    assert len(await stage.rows(ROWS)) == 2
    assert "changed meanwhile, so nothing was done" in stage.whispered()[-1]


async def test_a_guest_imports_nothing(stage: Stage) -> None:
    await stage.command("/flow import", user="UGUEST", channel="CTRAIN")
    assert stage.slack.view_of("UGUEST") is None


async def test_it_is_copied_in_one_step(stage: Stage) -> None:
    await ordered(stage)
    await stage.command("/flow copy to <#CFIELD|field-reports>")
    await stage.command("/flow copy to <#CFIELD|field-reports>")

    rows = await stage.rows(ROWS)
    assert [each["channel"] for each in rows] == ["CTRAIN", "CTRAIN", "CFIELD", "CFIELD"]
    assert "Done: added 2." in [each.text for each in stage.said("CFIELD")]


async def test_a_channel_with_nothing_says_so(stage: Stage) -> None:
    await stage.command("/flow export")
    assert stage.whispered()[-1].startswith("This channel has no digests and watches nothing")
    assert "New digest" in words(stage.slack.ephemerals("UADA")[-1])

    await stage.command("/flow export", user="UGUEST")
    assert "New digest" not in words(stage.slack.ephemerals("UGUEST")[-1])
