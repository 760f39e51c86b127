"""What can be asked about field reports: a plain value that fits into a job's row."""

from dataclasses import dataclass
from typing import ClassVar

from bot.asking.question import Question

OVER_TIME = "over-time"
BY_STATE = "by-state"
BY_USER = "by-user"
BY_FIELD = "by-field"
BY_HOUR = "by-hour"
BY_WEEKDAY = "by-weekday"
HEATMAP = "heatmap"
READS = "reads"
AWARENESS = "awareness"
IMAGES = "images"
SUMMARY = "summary"
FIGURES = (
    *(SUMMARY, OVER_TIME, BY_STATE, BY_USER, BY_FIELD, BY_HOUR, BY_WEEKDAY),
    *(HEATMAP, READS, AWARENESS, IMAGES),
)
"""What can be asked of field reports; HEATMAP is hours and weekdays side by side."""
CHANNELS = "channels"
FIELDS = "fields"
REPORT_LISTS = (CHANNELS, FIELDS)
"""The channels of field reports, and the fields that those of one can be counted by."""


@dataclass(frozen=True, slots=True)
class AnalyticsQuestion(Question):
    """Figures of a channel of field reports as they were asked for.

    `channel` and `field` are what was typed until they were found, then their names, and
    `channel_id` and `field_id` their numbers. `figure` is one of FIGURES or of REPORT_LISTS;
    `period` is empty only for a list; `export` is empty or one of TABLE_FORMATS.
    """

    job: ClassVar[str] = "analytics"

    channel: str
    figure: str = SUMMARY
    period: str = ""
    field: str = ""
    export: str = ""
    channel_id: str = ""
    field_id: str = ""
