"""The vendors' drawer: the calls each local vendor received, and its switches."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

from aiohttp import web

from sandbox.slack.page.answers import Refused, needed, read_body

SHOWN = 50


class Call(Protocol):
    """One call that a vendor received; `ms` is how long the answer took."""

    @property
    def at(self) -> datetime:
        """When it came."""

    @property
    def method(self) -> str:
        """The HTTP method."""

    @property
    def path(self) -> str:
        """The path without the query."""

    @property
    def status(self) -> int:
        """The status answered; 0 where the connection was cut."""

    @property
    def ms(self) -> float:
        """Milliseconds until the answer."""


class Switch(Protocol):
    """One way of making a vendor behave otherwise. `kind` is bool, number or choice."""

    @property
    def name(self) -> str:
        """The name to set it by."""

    @property
    def label(self) -> str:
        """The words beside it."""

    @property
    def kind(self) -> str:
        """What values it takes."""

    @property
    def value(self) -> bool | float | str:
        """How it is set now."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The values of a choice."""


class VendorPanel(Protocol):
    """What the drawer needs of a vendor's stand-in."""

    @property
    def name(self) -> str:
        """The vendor's name."""

    @property
    def calls(self) -> Collection[Call]:
        """The calls kept, oldest first."""

    @property
    def switches(self) -> Sequence[Switch]:
        """Every switch as it is now."""

    def set_switch(self, name: str, value: object) -> None:
        """Set a switch; raises ValueError with a sentence."""

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every call received and every switch moved."""


class Vendors:
    """The routes of the drawer."""

    def __init__(self, vendors: Sequence[VendorPanel]) -> None:
        """Show these vendors in this order."""
        self._vendors = {vendor.name: vendor for vendor in vendors}

    async def show(self, _request: web.Request) -> web.Response:
        """GET: every vendor with its newest calls first and its switches."""
        return web.json_response([_panel(vendor) for vendor in self._vendors.values()])

    async def set(self, request: web.Request) -> web.Response:
        """POST {name, value}: set a switch."""
        vendor = self._vendors.get(request.match_info["name"])
        if vendor is None:
            raise Refused("There is no such vendor.", status=404)
        body = await read_body(request)
        try:
            vendor.set_switch(needed(body, "name"), body.get("value"))
        except ValueError as wrong:
            raise Refused(str(wrong), status=200) from None
        return web.json_response(_panel(vendor))

    async def set_everywhere(self, request: web.Request) -> web.Response:
        """POST {name, value}: set a switch of every vendor that has it."""
        body = await read_body(request)
        name = needed(body, "name")
        for vendor in self._vendors.values():
            if name in {each.name for each in vendor.switches}:
                vendor.set_switch(name, body.get("value") is True)
        return await self.show(request)


def _panel(vendor: VendorPanel) -> dict[str, Any]:
    newest = list(vendor.calls)[: -SHOWN - 1 : -1]
    return {
        "name": vendor.name,
        "calls": [_call(call) for call in newest],
        "switches": [_switch(switch) for switch in vendor.switches],
    }


def _call(call: Call) -> dict[str, Any]:
    return {
        "at": call.at.isoformat(),
        "method": call.method,
        "path": call.path,
        "status": call.status,
        "ms": call.ms,
    }


def _switch(switch: Switch) -> dict[str, Any]:
    return {
        "name": switch.name,
        "label": switch.label,
        "kind": switch.kind,
        "value": switch.value,
        "choices": list(switch.choices),
    }
