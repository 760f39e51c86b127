"""The stand-in's CSV reports. No column of them is documented: every name here is an invention."""

import csv
import io
import random
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sandbox.vendors.flowapp.account import Session
from sandbox.vendors.flowapp.answers import registrants
from sandbox.vendors.flowapp.names import ANSWERS, ORDINARY, WEIGHTS
from sandbox.vendors.switches import ODD_DATA, Switches

COLUMNS = {
    "registrants": ("First Name", "Last Name", "Email", "Phone", "Entry Time", "Exit Time"),
    "chat": ("Time", "Name", "Message"),
    "survey": ("Name", "Question", "Answer"),
}
VARIANTS = {
    "registrants": ("firstname", "lastname", "e-mail address", "tel", "joined", "left"),
    "chat": ("timestamp", "attendee", "text"),
    "survey": ("respondent", "question", "response"),
}
QUESTIONS = ("Was it useful?", "Would you come again?")


def report(one: Session, kind: str, switches: Switches, now: datetime) -> str:
    """Return a report of the vendor's kind as CSV."""
    if kind == "registrants":
        names = ("firstName", "lastName", "email", "phone", "entryTime", "exitTime")
        people = registrants(one, switches, now)
        return written("registrants", ([one[name] for name in names] for one in people), switches)
    lines = one.chat(now, hosts=kind == "operatorChat")
    rows = (
        [f"{line.at:%Y-%m-%d %H:%M:%S}", line.name, _said(line.text, switches)] for line in lines
    )
    return written("chat", rows, switches)


def compiled(one: Session, survey_id: int, switches: Switches, now: datetime) -> dict[str, Any]:
    """Return the four parts of the compiled report; the form of the last is documented nowhere."""
    kinds = ("registrants", "attendeeChat", "operatorChat")
    parts: dict[str, Any] = {kind: report(one, kind, switches, now) for kind in kinds}
    form = switches.choice("survey_results")
    if form == "CSV":
        parts["surveyResults"] = survey(one, survey_id, switches, now)
    elif form == "a list":
        rows = _answered(one, survey_id, switches, now)
        parts["surveyResults"] = [dict(zip(COLUMNS["survey"], row, strict=True)) for row in rows]
    return parts


def survey(one: Session, survey_id: int, switches: Switches, now: datetime) -> str:
    """Return what those who stayed to the end answered."""
    return written("survey", _answered(one, survey_id, switches, now), switches)


def _answered(one: Session, survey_id: int, switches: Switches, now: datetime) -> list[list[str]]:
    chance = random.Random(f"{one.token}{survey_id}")
    stayed = [g for g in one.guests if g.left_at and g.left_at <= now and now >= one.ends_at]
    return [
        [
            f"{guest.first_name} {guest.last_name}",
            question,
            _said(chance.choices(ANSWERS, WEIGHTS)[0], switches),
        ]
        for guest in stayed
        for question in QUESTIONS
    ]


def _said(text: str, switches: Switches) -> str:
    """Return what somebody said, put in ordinary words where there are no odd data."""
    return text if switches.on(ODD_DATA) else ORDINARY.get(text, text)


def written(kind: str, rows: Iterable[Sequence[object]], switches: Switches) -> str:
    """Return rows as CSV in the form of the switches."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if switches.on("csv_semicolons") else ",")
    turned = switches.on("csv_variant")
    writer.writerow([*VARIANTS[kind]][::-1] if turned else COLUMNS[kind])
    writer.writerows([*row][::-1] if turned else row for row in rows)
    return ("\ufeff" if switches.on("csv_bom") else "") + text.getvalue()
