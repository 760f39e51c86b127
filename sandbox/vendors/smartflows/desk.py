"""What every route of the stand-in works with, and how it finds what a request names."""

import asyncio
import uuid
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from sandbox.vendors.smartflows.documents import Produced, produced
from sandbox.vendors.smartflows.engine import Engine
from sandbox.vendors.smartflows.flows import BOT, FlowPlan
from sandbox.vendors.smartflows.refusals import RefusedError
from sandbox.vendors.smartflows.runs import Run
from sandbox.vendors.smartflows.wire import Wire
from sandbox.vendors.switches import Switches


@dataclass(frozen=True, slots=True)
class Desk:
    """The project behind the API. `began` is when its flows were made."""

    engine: Engine
    switches: Switches
    wire: Wire
    root: str
    began: datetime
    closing: asyncio.Event

    @property
    def only_user(self) -> str:
        """The id of the one whose runs the key may see, or "" for everybody's."""
        return BOT.id if self.switches.on("own_only") else ""

    def run(self, request: web.Request) -> Run:
        """Return the execution in the address; raises RefusedError."""
        self.engine.settle()
        one = self._checked(request.match_info["run"])
        run = self.engine.index.runs.get(one)
        if run is None:
            raise RefusedError(404, f"Flow execution {one} not found")
        if self.only_user not in ("", run.user.id):
            raise RefusedError(
                int(self.switches.choice("others_answer")), f"Flow execution {one} not found"
            )
        return run

    def flow(self, one: str) -> FlowPlan:
        """Return the flow with that id; raises RefusedError."""
        plan = self.engine.flows.get(self._checked(one))
        if plan is None:
            raise RefusedError(404, f"Flow {one} not found")
        return plan

    def document(self, request: web.Request) -> Produced:
        """Return the document in the address; raises RefusedError."""
        self.engine.settle()
        one = self._checked(request.match_info["document"])
        found = self.engine.documents.get(one)
        if found is None or self.switches.on("lost_documents"):
            raise RefusedError(404, f"Document {one} not found")
        run, place = found
        if self.only_user not in ("", run.user.id):
            raise RefusedError(int(self.switches.choice("others_answer")), "Not yours")
        return produced(run, place, one)

    def input(self, request: web.Request) -> bytes:
        """Return what the run was started with of which the data is in the address."""
        self.engine.settle()
        one = self._checked(request.match_info["data"])
        run = self.engine.inputs.get(one)
        if run is None or self.switches.on("lost_inputs"):
            raise RefusedError(404, f"Data {one} not found")
        if self.only_user not in ("", run.user.id):
            raise RefusedError(int(self.switches.choice("others_answer")), "Not yours")
        return run.given

    def _checked(self, one: str) -> str:
        try:
            return str(uuid.UUID(one))
        except ValueError:
            status = int(self.switches.choice("bad_id"))
            raise RefusedError(status, f"Invalid UUID string: {one[:100]}") from None
