"""Values that the tests of field reports share."""

from datetime import UTC, date, datetime

from bot.asking.core.comparing import Earlier
from bot.asking.core.periods import Period
from bot.fieldreports.core import figures as fieldfigures
from bot.fieldreports.core.figures import Figure
from bot.fieldreports.model import (
    Awareness,
    Channel,
    ChoiceCount,
    FormField,
    HourCount,
    Option,
    ReadFigures,
    ReportBucket,
    ReportImage,
    ReportState,
    StateCount,
    TeamMember,
    UserCount,
    WeekdayCount,
)
from bot.fieldreports.question import (
    AWARENESS,
    BY_FIELD,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    HEATMAP,
    IMAGES,
    OVER_TIME,
    READS,
    AnalyticsQuestion,
)
from bot.fieldreports.rendering.subjects import FigureSubject
from tests.training.rendering.samples import LAST_30_DAYS, NOW, ZONE

BEFORE = Period(date(2026, 9, 24), date(2026, 10, 23), ZONE, "24 Sep to 23 Oct 2026")
EARLIER = Earlier(BEFORE, BEFORE.end, "the 30 days before")
SITE = Channel(501, "Site reports", 7, "North site", reports_count=812, anonymous=True)
CHANNELS = (SITE, Channel(502, "Near misses"))
SEVERITY = FormField(
    17,
    "Severity",
    "DropDown",
    "f_501_48_17",
    (Option("Low", "f_1"), Option("High", "f_2"), Option("Old", "f_3", enabled=False)),
)
FIELDS = (SEVERITY, FormField(18, "What happened", "LongTextBox"))
STATES = (ReportState(24, "Closed", 501, 2), ReportState(23, "New", 501, 1), ReportState(25, "?"))
PEOPLE = {
    41: TeamMember(41, "Aino", "Laine", "aino@example.com"),
    42: TeamMember(42, email="bo@x.de"),
}


def monday(day: int, count: int) -> ReportBucket:
    return ReportBucket(datetime(2026, 11, day, tzinfo=UTC), "week", count)


NOW_FIGURES = {
    OVER_TIME: fieldfigures.over_time((monday(9, 14), monday(16, 9)), LAST_30_DAYS, now=NOW),
    BY_STATE: fieldfigures.by_state((StateCount(23, "New", 11), StateCount(9, "", 12)), STATES),
    BY_USER: fieldfigures.by_user(
        (UserCount(41, 9), UserCount(None, 13), UserCount(77, 1)), PEOPLE
    ),
    BY_FIELD: fieldfigures.by_field((ChoiceCount("High", "f_2", 3),), SEVERITY),
    BY_HOUR: fieldfigures.by_hour((HourCount(9, 14), HourCount(22, 9))),
    BY_WEEKDAY: fieldfigures.by_weekday((WeekdayCount(1, 20), WeekdayCount(7, 3))),
    READS: fieldfigures.reads(ReadFigures(120, 44, 12, None)),
    AWARENESS: fieldfigures.awareness(
        (Awareness(41, "Aino", "Laine", 5, 3, 4, 4), Awareness(77, total_alerts=2)), PEOPLE
    ),
    IMAGES: fieldfigures.images(
        (
            ReportImage(1, 9, datetime(2026, 11, 3, tzinfo=UTC)),
            ReportImage(2),
            ReportImage(3, 8, NOW),
        ),
        ZONE,
    ),
}
NOW_FIGURES[HEATMAP] = fieldfigures.heatmap(NOW_FIGURES[BY_WEEKDAY], NOW_FIGURES[BY_HOUR])
BEFORE_FIGURES = {
    OVER_TIME: fieldfigures.over_time((monday(2, 20),), BEFORE, now=NOW),
    BY_STATE: fieldfigures.by_state((StateCount(24, "Closed", 20),), STATES),
    BY_USER: fieldfigures.by_user((UserCount(41, 20),), PEOPLE),
    READS: fieldfigures.reads(ReadFigures(100, 44, 10, 1)),
}
NOTHING = Figure(BY_HOUR, ("Hour", "Reports"), tuple((f"{hour:02}:00", 0) for hour in range(24)))


def subject(
    figure: str = "summary", *, channel: str = "Site reports", field: str = "", export: str = ""
) -> FigureSubject:
    """Return what a figure of the site's reports is of."""
    question = AnalyticsQuestion(channel, figure, "last-30d", field, export)
    return FigureSubject(question, LAST_30_DAYS, EARLIER)
