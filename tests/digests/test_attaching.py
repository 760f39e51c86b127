"""A digest's file comes along, or stays away, as its terms say."""

from datetime import UTC, datetime

import pytest

from tests.digests.forms import of_answer, pressed, submit
from tests.digests.test_form_wishes import MORE
from tests.stage import Stage

CSV = '/flow-export "Spring campaign" step 1 yesterday csv'
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)


async def ordered(stage: Stage, asked: str, file: str) -> None:
    await of_answer(stage, asked)
    await pressed(stage, MORE)
    assert (await submit(stage, file=file)).errors == {}


@pytest.mark.parametrize(
    ("asked", "file", "files"),
    [
        ("/flow-report gdpr", "usual", 0),
        ("/flow-report gdpr", "with", 1),
        ("/flow-report gdpr", "without", 0),
        (CSV, "usual", 1),
        (CSV, "without", 0),
        ("/flow-events future", "with", 1),
    ],
)
async def test_the_file_of_a_digest_is_as_was_wished(
    stage: Stage, asked: str, file: str, files: int
) -> None:
    await ordered(stage, asked, file)
    before = len(stage.slack.files)
    await stage.at(NINE)

    sent = stage.slack.files[before:]
    assert len(sent) == files
    told = stage.said()[-1]
    assert {each.thread_ts for each in sent} <= {told.ts}
    [row] = await stage.rows("SELECT state FROM digest_runs")
    assert row["state"] == "sent"
