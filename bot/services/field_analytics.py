"""Everything that has to do with field analytics, put together; compose takes it whole."""

from collections.abc import Awaitable, Callable

from bot.clients.saferme import SaferMe
from bot.clients.slack import Slack
from bot.clock import Clock
from bot.services.analytics import Analytics
from bot.services.analytics_files import AnalyticsFiles
from bot.services.analytics_forms import AnalyticsForms
from bot.services.listed_files import table_opener
from bot.services.outcome import Outcome
from bot.services.people import People
from bot.services.report_channels import ReportChannels
from bot.services.report_lists import FILES
from bot.services.report_scopes import ReportScopes
from bot.services.sessions import VENDOR
from bot.services.table_files import TableFiles
from bot.store.database import Database
from bot.store.jobs import Job

Service = Callable[[Job], Awaitable[Outcome]]


class FieldAnalytics:
    """The services of SaferMe."""

    def __init__(
        self,
        client: SaferMe | None,
        database: Database,
        slack: Slack,
        people: People,
        tables: TableFiles,
        clock: Clock,
        *,
        team_id: int | None,
    ) -> None:
        """Make every part; without `client` questions are answered with how to switch it on."""
        self._channels = ReportChannels(client, database, clock)
        scopes = ReportScopes(self._channels, team_id=team_id)
        self.files = AnalyticsFiles(self._channels, scopes, tables, clock)
        self.analytics = Analytics(self._channels, scopes, self.files, people, clock)
        self.forms = AnalyticsForms(slack, self._channels)
        lists = table_opener(self.analytics.lists.sheet, tables, clock, vendor="SaferMe")
        self.openers = {VENDOR: self.files.open_file, FILES: lists}

    def table(self) -> dict[str, Service]:
        """Return which service carries out which job."""
        return {
            "analytics": self.analytics.answer,
            "fill_analytics_form": self.forms.fill,
            "renew_report_channels": self._channels.renew,
        }
