"""SaferMe's JSON into our values. Pure; tolerant where its pages are silent."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from bot.fieldreports.model import (
    Awareness,
    Category,
    Channel,
    ChoiceCount,
    FieldForm,
    FormField,
    HourCount,
    Option,
    ReadFigures,
    ReportBucket,
    ReportImage,
    ReportState,
    StateCount,
    Team,
    TeamMember,
    UserCount,
    WeekdayCount,
)
from bot.http.answers import Refusal, vendor_message
from bot.http.fields import Fields, Odd, ShapeError, entries, objects

T = TypeVar("T")

FORBIDDEN = 403
OUT_OF_RANGE = 416
PAST_THE_END = "past the end:"
"""How the detail of a 416 begins. The vendor's pages show the header that belongs to that status
("*/5") and not the status itself."""
SUNDAY = 7
LAST_HOUR = 23


def listed(parse: Callable[[Fields], T]) -> Callable[[Any], tuple[T, ...]]:
    """Return a reader of a list, bare or as the only list inside an object."""

    def read(payload: Any) -> tuple[T, ...]:
        return tuple(map(parse, objects(_only_list(payload))))

    return read


def listed_entries(parse: Callable[[Fields], T], payload: Any) -> tuple[T | Odd, ...]:
    """Return the entries of such a list, an odd one as Odd.

    For names only: a count that leaves something out would be wrong.
    """
    return tuple(entries(_only_list(payload), parse))


def _only_list(payload: Any) -> Any:
    if isinstance(payload, dict):
        lists = [value for value in payload.values() if isinstance(value, list)]
        return lists[0] if len(lists) == 1 else payload
    return payload


def session_ends(payload: Any) -> datetime | None:
    """Return when the access token of a session ends; None where the vendor does not tell."""
    return Fields(payload).child("session").instant_or_none("token_expire_at")


def team(item: Fields) -> Team:
    """Return a team."""
    return Team(id=item.integer("id"), name=item.text_or_empty("name"))


def channel(item: Fields) -> Channel:
    """Return a channel."""
    return Channel(
        id=item.integer("id"),
        name=item.text("name"),
        team_id=_id(item, "team_id"),
        description=item.text_or_empty("description"),
        reports_count=item.integer_or_none("reports_count"),
        manageable=item.flag_or_none("is_manageable_by"),
        operable=item.flag_or_none("is_operable_by"),
        anonymous=item.flag_or_none("are_new_reports_anonymous"),
        hazard=item.flag_or_none("hazard_channel"),
    )


def form(item: Fields) -> FieldForm:
    """Return a form with its fields."""
    return FieldForm(
        id=item.integer("id"),
        name=item.text_or_empty("name"),
        fields=tuple(map(_form_field, item.children_or_none("fields"))),
    )


def one_form(payload: Any) -> FieldForm:
    """Return the form of an answer."""
    return form(Fields(payload))


def state(item: Fields) -> ReportState:
    """Return a report state."""
    return ReportState(
        id=item.integer("id"),
        name=item.text("name"),
        channel_id=_id(item, "account_id"),
        position=item.integer_or_none("position"),
    )


def category(item: Fields) -> Category:
    """Return a category; its label is the name that people see."""
    name = item.text_or_empty("name")
    return Category(
        id=item.integer("id"),
        name=name,
        label=item.text_or_empty("label_name") or name,
        parent_id=_id(item, "parent_id"),
        position=item.integer_or_none("position"),
    )


def person(item: Fields) -> TeamMember:
    """Return a team member; its own `id` is another number than its `user_id`."""
    return TeamMember(
        user_id=item.integer("user_id"),
        first_name=item.text_or_empty("first_name"),
        last_name=item.text_or_empty("last_name"),
        email=item.text_or_empty("email"),
        role=item.text_or_empty("role"),
    )


def bucket(item: Fields) -> ReportBucket:
    """Return the count of a stretch of time."""
    start = item.instant_or_none("datetime_range_start")
    if start is None:
        raise ShapeError(f"{item.path}.datetime_range_start")
    width = item.text_or_empty("datetime_range_width")
    return ReportBucket(start=start, width=width, count=item.integer("report_count"))


def choice_count(item: Fields) -> ChoiceCount:
    """Return the count of a choice."""
    return ChoiceCount(
        name=item.text_or_empty("name"),
        value=item.text_or_empty("value"),
        count=item.integer("report_count"),
    )


def state_count(item: Fields) -> StateCount:
    """Return the count of a state."""
    return StateCount(
        state_id=item.integer("id"),
        name=item.text_or_empty("name"),
        count=item.integer("report_count"),
    )


def user_count(item: Fields) -> UserCount:
    """Return the count of a person."""
    return UserCount(user_id=_id(item, "user_id"), count=item.integer("report_count"))


def hour_count(item: Fields) -> HourCount:
    """Return the count of an hour; raises ShapeError for one that no day has."""
    hour = item.integer("hour")
    if hour > LAST_HOUR:
        raise ShapeError(f"{item.path}.hour")
    return HourCount(hour=hour, count=item.integer("report_count"))


def weekday_count(item: Fields) -> WeekdayCount:
    """Return the count of a weekday: the vendor's 0 to 6 begins with Sunday, and 7 is Sunday."""
    day = item.integer("dow")
    if day > SUNDAY:
        raise ShapeError(f"{item.path}.dow")
    return WeekdayCount(weekday=day or SUNDAY, count=item.integer("report_count"))


def read_figures(payload: Any) -> ReadFigures:
    """Return how much was read: one object, or a list of the one."""
    single = isinstance(payload, list) and len(payload) == 1
    body = Fields(payload[0] if single else payload)
    return ReadFigures(
        total_reads=body.integer_or_none("total_reads"),
        unique_reads=body.integer_or_none("unique_reads"),
        report_readers=body.integer_or_none("report_readers"),
        reports_seen=body.integer_or_none("reports_seen"),
    )


def awareness(item: Fields) -> Awareness:
    """Return what a person was alerted to."""
    return Awareness(
        user_id=_id(item, "user_id"),
        first_name=item.text_or_empty("first_name"),
        last_name=item.text_or_empty("last_name"),
        total_alerts=item.integer_or_none("total_alerts"),
        alert_source_reports=item.integer_or_none("alert_source_reports"),
        unique_alerts=item.integer_or_none("unique_alerts"),
        alerts_opened=item.integer_or_none("alerts_opened"),
    )


def image(item: Fields) -> ReportImage:
    """Return a picture; an address that is missing is empty."""
    styles = item.child_or_empty("styles")
    return ReportImage(
        id=item.integer("report_image_id"),
        report_id=_id(item, "report_id"),
        created_at=item.instant_or_none("created_at"),
        thumbnail_url=styles.text_or_empty("thumb"),
        medium_url=styles.text_or_empty("medium"),
    )


def refusal_text(refusal: Refusal) -> str:
    """Return the vendor's words.

    A 403 has the code "locked: " or "forbidden: " before them, a 416 has PAST_THE_END.
    """
    payload = refusal.payload if isinstance(refusal.payload, dict) else {}
    words = vendor_message(refusal) or _failures(payload)
    if payload.get("param") is not None:
        words = f"{words}: {payload['param']}".removeprefix(": ")
    if refusal.status == OUT_OF_RANGE:
        return f"{PAST_THE_END} {words}".strip()
    if refusal.status != FORBIDDEN:
        return words
    locked = "account_locked" in json.dumps(payload.get("error_codes", ""))
    return f"{'locked' if locked else 'forbidden'}: {words}".strip()


def _failures(payload: dict[str, Any]) -> str:
    """Return "email: is taken" of the form {"errors": {"email": ["is taken"]}}."""
    for member in ("errors", "failures"):
        fields = payload.get(member)
        if isinstance(fields, dict) and fields:
            name, problems = next(iter(fields.items()))
            words = problems[0] if isinstance(problems, list) and problems else problems
            return f"{words}" if name == "base" else f"{name}: {words}"
    return ""


def _form_field(item: Fields) -> FormField:
    options = _options(item)
    return FormField(
        id=item.integer("id"),
        label=item.text_or_empty("label"),
        kind=item.text_or_empty("field_type"),
        key=item.text_or_empty("key"),
        options=options,
    )


def _options(item: Fields) -> tuple[Option, ...]:
    """Return the choices in `data`: an object, JSON inside a string, "" or null."""
    data = item.member("data")
    if isinstance(data, str) and data.strip():
        try:
            data = json.loads(data)
        except (ValueError, RecursionError):
            raise ShapeError(f"{item.path}.data") from None
    if not data or not isinstance(data, dict):
        return ()
    return tuple(
        Option(
            label=option.text_or_empty("label"),
            value=option.text_or_empty("value"),
            enabled=option.flag_or_none("enabled") is not False,
        )
        for option in Fields(data, f"{item.path}.data").children_or_none("options")
    )


def _id(item: Fields, name: str) -> int | None:
    """Return a number, or None for missing, null and -1, which the vendor uses for nobody."""
    value = item.number_or_none(name)
    return int(value) if value is not None and value >= 0 else None
