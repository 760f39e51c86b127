"""Each of the fifteen calls that FLOW's pages name is made from Slack."""

import re

from tests.stage import Stage
from tests.webinars.seeing import token_of
from tests.webinars.test_changing import GUEST, confirmed, entered, opened

ROOT = "/api/v1"
SESSIONS = f"{ROOT}/events/sessions"
REPORTS = f"{ROOT}/reports/events/sessions"
CALLS = (
    ("GET", SESSIONS),
    ("GET", f"{SESSIONS}/public/[^/]+"),
    ("GET", f"{SESSIONS}/[^/]+"),
    ("POST", f"{ROOT}/registrants"),
    ("GET", f"{REPORTS}/registrants/[^/]+"),
    ("POST", f"{ROOT}/event"),
    ("GET", f"{ROOT}/users"),
    ("GET", f"{REPORTS}/surveys/[^/]+"),
    ("GET", f"{REPORTS}/csv/summary/[^/]+"),
    ("GET", f"{REPORTS}/csv/registrants/[^/]+"),
    ("GET", f"{REPORTS}/csv/attendeeChat/[^/]+"),
    ("GET", f"{REPORTS}/csv/operatorChat/[^/]+"),
    ("GET", f"{REPORTS}/csv/surveyDetail/[^/]+/701"),
    ("GET", f"{ROOT}/rooms/lookup/[^/]+"),
    ("GET", f"{ROOT}/rooms/register/[^/]+/.+"),
)


async def test_every_call_is_made_from_slack(stage: Stage) -> None:
    event = token_of(stage, "quarter", "past")
    for words in ("info", "registrants", "surveys", "report"):
        await stage.command(f"/flow-events {words} {event}")
    await stage.command(f"/flow-events info {event} public")
    for kind in ("registrants", "attendee-chat", "operator-chat", "survey 701"):
        await stage.command(f"/flow-events report {event} {kind}")
    for command in ("register Quarterly update", "sign-on Help desk"):
        form = await opened(stage, f"/flow-events {command}")
        await stage.slack.submit(form, values=GUEST)
        await stage.settle()
    await confirmed(stage, await entered(stage))

    made = {(each.method, each.path) for each in stage.flowapp.calls if each.status == 200}
    missing = [
        (method, path)
        for method, path in CALLS
        if not any(method == done and re.fullmatch(path, one) for done, one in made)
    ]
    assert (len(CALLS), missing) == (15, [])
