"""The vendor's JSON, and the odd forms of it that switches ask for."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.vendors.faults import ahead
from sandbox.vendors.smartflows.documents import MIME_TYPES, Produced, produced
from sandbox.vendors.smartflows.engine import document_ids, input_id
from sandbox.vendors.smartflows.flows import FlowPlan, User, identity
from sandbox.vendors.smartflows.forms import form_of
from sandbox.vendors.smartflows.reports import report_of
from sandbox.vendors.smartflows.runs import Run, Stretch
from sandbox.vendors.smartflows.statuses import (
    ERROR,
    FINISHED,
    RUNNING,
    UNKNOWN,
    WAITING,
    WARNING,
    spelt,
)
from sandbox.vendors.switches import Switches

ODD_STATUS_EVERY = 3
_SHORT_TYPES = {"pdf": "pdf", "docx": "ooxml"}


class Wire:
    """Writes things as the switches say."""

    def __init__(self, switches: Switches) -> None:
        """Look at the switches anew for each thing."""
        self._switches = switches

    @property
    def ahead(self) -> timedelta:
        """By how much the vendor's clock is ahead of the one that its runs go by."""
        return ahead(self._switches)

    def flow(self, plan: FlowPlan, made: datetime) -> dict[str, Any]:
        """Return a flow as lists and single answers show it."""
        dataset = self._named(identity(f"dataset {plan.name}"), f"{plan.name} data", "dataset")
        body = {
            "id": plan.id,
            "displayName": plan.name,
            "description": plan.description,
            "type": "simple",
            "createdAt": self.date(made),
            "modifiedAt": self.date(made),
            "createdBy": self._named(identity("user designer"), "Designer", "user"),
            "input": {"type": plan.input, **({"dataset": dataset} if plan.input == "user" else {})},
            "settings": {"groupToSingleDocument": False, "askQuestionsFirst": plan.pause != ""},
        }
        return self._with_extras(body)

    def progress(self, run: Run, now: datetime) -> dict[str, Any]:
        """Return how far a run is."""
        body: dict[str, Any] = {"id": run.id, "status": self.status(run)}
        if not self._switches.on("no_percentage"):
            body |= {"percentage": run.percentage(now), "message": run.message(now)}
        if run.asks:
            body |= form_of(run)
        elif run.status in FINISHED:
            body |= {"schema": {"type": "object"}, "model": self._output(run), "form": []}
        return self._with_extras(body)

    def execution(self, run: Run, now: datetime, *, state: bool) -> dict[str, Any]:
        """Return a run, with all that it did if `state`."""
        body: dict[str, Any] = {
            "id": run.id,
            "createdAt": self.date(run.created_at),
            "modifiedAt": self.date(run.changed_at),
            "createdBy": self.user(run.user),
            "modifiedBy": self.user(run.user),
            "status": self.status(run),
            "priority": 4,
            "mode": run.mode,
        }
        if run.plan:
            body["flow"] = self.flow_name(run.plan)
        if state:
            body["state"] = self._state(run, now)
        return self._with_extras(body)

    def outputs(self, run: Run, only: str) -> list[dict[str, Any]]:
        """Return the outputs of a batch run; `only` is the id or name of one."""
        made = self._output(run) if run.status in FINISHED else {}
        outputs = [
            {"output": self._named(identity(f"output {key}"), f"Output {n}", ""), "content": value}
            for n, (key, value) in enumerate(made.items(), start=1)
        ]
        return [one for one in outputs if only in ("", *map(str, one["output"].values()))]

    def document(self, one: Produced) -> dict[str, Any]:
        """Return what is said of a document."""
        body: dict[str, Any] = {
            "id": one.id,
            "displayName": one.name,
            "createdAt": self.date(one.run.changed_at),
            "createdBy": self.user(one.run.user),
            "finished": True,
            "usage": "flowExecutionOutput",
            "flowExecution": {"id": one.run.id},
        }
        forms = {
            "full": MIME_TYPES[one.form],
            "short": _SHORT_TYPES[one.form],
            "wrong": MIME_TYPES["docx" if one.form == "pdf" else "pdf"],
        }
        kind = forms.get(self._switches.choice("document_type"))
        return self._with_extras(body | ({"contentType": kind} if kind else {}))

    def user(self, user: User) -> dict[str, str]:
        """Return a person's id with name."""
        return self._named(user.id, user.name, "user")

    def flow_name(self, plan: FlowPlan) -> dict[str, str]:
        """Return a flow's id with name."""
        return self._named(plan.id, plan.name, "flow")

    def status(self, run: Run) -> str:
        """Return a run's status in today's spelling."""
        odd = self._switches.on("unknown_status") and run.number % ODD_STATUS_EVERY == 0
        status = UNKNOWN if odd and run.status == RUNNING else run.status
        return spelt(status, self._switches.choice("spelling"))

    def date(self, moment: datetime) -> str | int:
        """Return a moment as the vendor writes it, by its own clock."""
        moment += self.ahead
        form = self._switches.choice("dates")
        if form == "milliseconds":
            return int(moment.timestamp() * 1000)
        plain = moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
        return plain + {"ISO with ms": "Z", "without offset": "", "+0000": "+0000"}[form]

    def _state(self, run: Run, now: datetime) -> dict[str, Any]:
        form = form_of(run) if run.asks else {}
        output = {"schema": {}, "model": self._output(run), "form": [], "parts": []}
        return {
            "inputData": self._named(input_id(run), "Input", "data") if run.given else None,
            "output": form or (output if run.status in FINISHED else None),
            "stages": [self._stage(run, one) for one in run.stretches],
            "report": report_of(run, now, self.date),
            "waitingFor": run.waiting_for if run.status == WAITING else None,
            "languageCode": "en",
            "timeZoneId": "UTC",
            **_exceptions(run, now),
        }

    def _stage(self, run: Run, one: Stretch) -> dict[str, Any]:
        if one.end is None:
            return {"start": self.date(one.start)}
        last = {
            "id": run.id,
            "percentage": one.percentage,
            "message": one.message,
            "status": spelt(one.status, self._switches.choice("spelling")),
        }
        return {"start": self.date(one.start), "end": self.date(one.end), "lastProgress": last}

    def _output(self, run: Run) -> dict[str, Any]:
        blocks = {}
        for place, one in enumerate(document_ids(run) if run.status in FINISHED else ()):
            made = produced(run, place, one)
            block = identity(f"block {run.plan.name if run.plan else ''} {place}")
            blocks[f"B{block.replace('-', '_')}"] = self._parameters(made)
        return blocks

    def _parameters(self, made: Produced) -> dict[str, Any]:
        name = "" if self._switches.on("no_document_names") else made.name
        document = {"id": made.id, "type": "document", **({"displayName": name} if name else {})}
        if self._switches.on("odd_output"):
            return {"results": [{"letter": {"file": document}}, None, 7], "documentName": name}
        return {"document": document, "documentName": name, "language": "en", "messages": []}

    def _named(self, one: str, name: str, kind: str) -> dict[str, str]:
        typed = kind and not self._switches.on("untyped_names")
        return {"id": one, "displayName": name, **({"type": kind} if typed else {})}

    def _with_extras(self, body: dict[str, Any]) -> dict[str, Any]:
        if self._switches.on("extra_fields"):
            body |= {"apiVersion": "4.24", "links": [{"rel": "self"}], "x": {"y": [None]}}
        return body


def _exceptions(run: Run, now: datetime) -> dict[str, Any]:
    if run.status == ERROR:
        words = f"{run.message(now)}: the data source did not answer"
        trace = "at com.example.Flow.run(Flow.java:7)"
        failed = {"error": "STEP_FAILED", "message": words, "causes": [], "stackTrace": trace}
        return {"errors": [failed], "warnings": []}
    if run.status == WARNING:
        return {"errors": [], "warnings": [{"message": "The e-mail could not be sent"}]}
    return {"errors": [], "warnings": []}
