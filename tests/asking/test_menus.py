"""A menu on a message: each choice is done once, for those who may, as of a button."""

from dataclasses import replace

import pytest

from bot.asking.core.retyping import TypedLine
from bot.asking.rendering.occasions import export_choice
from bot.asking.rendering.offers import FormOpening
from bot.asking.rendering.presses import Press, menu_of, press_of
from bot.runs.ids import RunCallback
from bot.slack.blocks.blocks import actions, button
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.ids import Action, BlockId
from tests.asking.answers import chosen
from tests.asking.seeing import interactive, label
from tests.asking.test_offers import shown
from tests.stage import Stage
from tests.training.rendering.samples import OCCASION

REPORT = "/flow-report onboarding"


async def test_export_brings_the_chosen_file_without_a_window(stage: Stage) -> None:
    await stage.command(REPORT)
    [report] = stage.said()
    outcome = await chosen(stage, report, "pdf")

    assert outcome.view is None
    assert stage.slack.view_of("UADA") is None
    [file] = stage.slack.files
    assert (file.name.rpartition(".")[2], file.channel) == ("pdf", "CTRAIN")


async def test_a_file_chosen_twice_at_once_comes_once_and_another_format_comes_too(
    stage: Stage,
) -> None:
    await stage.command(REPORT)
    [report] = stage.said()

    for form in ("csv", "csv", "xlsx"):
        await chosen(stage, report, form)

    assert [file.name.rpartition(".")[2] for file in stage.slack.files] == ["csv", "xlsx"]


async def test_the_button_of_older_answers_still_opens_the_form(stage: Stage) -> None:
    await stage.command(REPORT)
    [menu] = [each for each in interactive(stage.said()[0].blocks) if label(each) == "Export"]
    key = press_of(menu["options"][0]["value"]).answer  # type: ignore[union-attr]
    row = await shown(
        stage, actions(BlockId.REPORT_BUTTONS, button("Export", Action.OPEN_EXPORT, value=key))
    )

    await stage.slack.click(row, action_id=Action.OPEN_EXPORT)

    form = stage.slack.view_of("UADA")
    assert form is not None
    assert form.callback_id == "export_data"


@pytest.mark.parametrize(("longest", "kind"), [(90, "static_select"), (140, "button")])
def test_a_key_too_long_for_a_menu_gets_the_button_of_a_form(longest: int, kind: str) -> None:
    [export] = export_choice(replace(OCCASION, key="k" * longest))
    assert export["type"] == kind


def test_more_choices_than_slack_takes_are_no_menu() -> None:
    line = TypedLine("/flow-report", "onboarding")
    some = [(f"{number}", replace(line, text=f"{number}")) for number in range(LIMITS.options + 1)]
    [menu] = menu_of("Choose", some[:-1])
    assert [each["text"]["text"] for each in menu["options"]] == [name for name, _ in some[:-1]]
    assert menu_of("Choose", some) == ()
    [once] = menu_of("Choose", [("One", line), ("Two", line)])
    assert [each["text"]["text"] for each in once["options"]] == ["One"]
    assert menu_of("Choose", []) == ()


async def test_a_choice_types_a_line_or_opens_a_form(stage: Stage) -> None:
    line = TypedLine("/flow-report", "onboarding overdue")
    choices: list[tuple[str, Press]] = [
        ("Overdue", line),
        ("A run", FormOpening(str(RunCallback.RUN_FLOW))),
    ]
    row = await shown(stage, actions(BlockId.REPORT_BUTTONS, *menu_of("Choose", choices)))
    [menu] = interactive(row.blocks)
    first, second = (each["value"] for each in menu["options"])

    await stage.slack.click(row, action_id=Action.MENU, value=first)
    await stage.settle()
    assert "overdue in Onboarding" in stage.said()[-1].text

    await stage.slack.click(row, action_id=Action.MENU, value=second, user="UGUEST")
    refused = stage.slack.view_of("UGUEST")
    assert refused is not None
    assert refused.callback_id == "notice"
    await stage.slack.click(row, action_id=Action.MENU, value=second)
    form = stage.slack.view_of("UADA")
    assert form is not None
    assert form.callback_id == RunCallback.RUN_FLOW
