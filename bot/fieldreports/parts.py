"""Everything that has to do with field analytics, put together; compose takes it whole."""

from typing import Any

from bot.asking.model import AnalyticsQuestion
from bot.asking.people import People
from bot.clock import Clock
from bot.fieldreports.answers import Analytics
from bot.fieldreports.channels import ReportChannels
from bot.fieldreports.client.client import SaferMe
from bot.fieldreports.files import AnalyticsFiles
from bot.fieldreports.forms import AnalyticsForms
from bot.fieldreports.intents import FillAnalyticsForm, RenewReportChannels
from bot.fieldreports.lists import TABLES
from bot.fieldreports.model import SAFERME
from bot.fieldreports.scopes import ReportScopes
from bot.http.connection import Connection
from bot.jobs.tasks import Task
from bot.slack.client import Slack
from bot.store.database import Database
from bot.tables.table_files import TableFiles


class FieldAnalytics:
    """The services of SaferMe."""

    def __init__(
        self,
        saferme: Connection[SaferMe],
        database: Database,
        slack: Slack,
        people: People,
        tables: TableFiles,
        clock: Clock,
        *,
        team_id: int | None,
    ) -> None:
        """Make every part; while `saferme` is off, all answers say how to switch it on."""
        self._channels = ReportChannels(saferme, database, clock)
        scopes = ReportScopes(self._channels, team_id=team_id)
        self.files = AnalyticsFiles(self._channels, scopes, tables, clock)
        self.analytics = Analytics(self._channels, scopes, self.files, people, clock)
        self.forms = AnalyticsForms(slack, self._channels)
        lists = TABLES.opener(self.analytics.lists.content, tables, clock)
        self.openers = {SAFERME.name: self.files.open_file, TABLES.name: lists}

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(AnalyticsQuestion, self.analytics.answer),
            Task(FillAnalyticsForm, self.forms.fill),
            Task(RenewReportChannels, self._channels.renew),
        )
