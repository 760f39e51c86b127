"""The page in a browser, with the Slack behind it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.slack import SlackSandbox
from sandbox.slack.page.panels import VendorPanel

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page


@dataclass(frozen=True, slots=True)
class Shown:
    """What a test of the page acts on."""

    page: "Page"
    slack: SlackSandbox
    vendor: VendorPanel

    async def visit(self, place: str = "CTRAIN", *, user: str = "UADA") -> None:
        """Open the page at a place and wait until it is live."""
        await self.page.goto(f"{self.slack.url}/#/{user}/{place}")
        await self.page.locator('body[data-live="yes"]').wait_for()

    async def type(self, text: str) -> None:
        """Write into the composer and press Enter."""
        await self.box.fill(text)
        await self.box.press("Enter")

    @property
    def box(self) -> "Locator":
        """The composer's textbox."""
        return self.page.get_by_role("textbox", name="Message", exact=True)

    @property
    def log(self) -> "Locator":
        """The list of messages."""
        return self.page.get_by_role("log", name="Messages")

    @property
    def last(self) -> "Locator":
        """The newest message."""
        return self.log.get_by_role("article").last

    def dialog(self, title: str) -> "Locator":
        """The modal or question with that title."""
        return self.page.get_by_role("dialog", name=title)

    def button(self, name: str) -> "Locator":
        """The button of exactly that name."""
        return self.page.get_by_role("button", name=name, exact=True)
