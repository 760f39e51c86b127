"""Examples of field reports, for the tests that walk all rooms."""

from bot.asking.core.arguments import Ask
from bot.fieldreports.ids import FieldReportCallback
from bot.fieldreports.question import FIGURES, REPORT_LISTS, AnalyticsQuestion
from sandbox.vendors.saferme.reports import CHANNELS
from tests.examples import Examples, Findable

HAZARDS = '"Site hazards"'

EXAMPLES = Examples(
    answers=(
        *(
            f"/flow-analytics {HAZARDS} {figure} last-30d"
            for figure in (
                *("summary", "over-time", "by-state", "by-user", "by-field Severity", "by-hour"),
                *("by-weekday", "heatmap", "reads", "awareness", "images"),
            )
        ),
        f"/flow-analytics {HAZARDS} awareness export xlsx",
        "/flow-analytics channels",
        "/flow-analytics channels xlsx",
        f"/flow-analytics fields {HAZARDS}",
    ),
    view=lambda question: question.figure,
    views=(*FIGURES, *REPORT_LISTS),
    workbooks={
        f"/flow-analytics {HAZARDS} summary export xlsx": (
            *("Reports over time", "Reports by state", "Reports by person", "Reports by hour"),
            *("Reports by day of the week", "Reads", "Awareness", "Notes"),
        ),
        f"/flow-analytics {HAZARDS} over-time export xlsx": ("Reports over time", "Notes"),
    },
    csv_files={f"/flow-analytics {CHANNELS[4].id} by-field 23 last-90d export csv": 1},
    forms={
        "/flow-analytics form": FieldReportCallback.FIELD_ANALYTICS,
        "/flow-analytics form site": FieldReportCallback.FIELD_ANALYTICS,
    },
    findable={
        "channel": Findable(
            '/flow-analytics "{}" by-state',
            "Site hazards",
            "Reports in Site hazards are",
        ),
        "field": Findable(
            f'/flow-analytics {HAZARDS} by-field "{{}}"',
            "Still there?",
            "Still there? in Site hazards: most often",
        ),
    },
    commands=lambda name: {
        "/flow-analytics {} last-7d": Ask(AnalyticsQuestion(name, period="last-7d"))
    },
    questions=lambda name: (
        AnalyticsQuestion(name, period="last-7d"),
        AnalyticsQuestion(name, "fields"),
    ),
)
