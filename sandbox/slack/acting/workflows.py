"""Workflow Builder: a workflow of one step of the app, built by one person and run by another."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

from sandbox.slack.acting.desk import Desk, Json
from sandbox.slack.acting.events import Events
from sandbox.slack.changes import Change
from sandbox.slack.delivery.outcome import Outcome
from sandbox.slack.functions.declared import OPTIONS, Function, Parameter
from sandbox.slack.functions.executions import Execution, Executions, Progress, problems

WHO_RUNS: Final = "{{person}}"
"""As a value: whoever runs the workflow."""
INTERACTIVITY: Final = "slack#/types/interactivity"
QUERY: Final = "{{client.query}}"
BUILDER: Final = "{{client.builder_context}}"
_OF_INPUT: Final = "{{input_parameters."


class Workflows:
    """ValueError says what a person could not do: no such step, a value that does not fit."""

    def __init__(self, desk: Desk, events: Events) -> None:
        """Send through `events`."""
        self._desk = desk
        self._events = events

    @property
    def steps(self) -> tuple[Function, ...]:
        """The app's steps that Workflow Builder offers."""
        declared = self._desk.backend.manifest.functions.values()
        return tuple(each for each in declared if not each.lists_options)

    @property
    def executions(self) -> Executions:
        """What was carried out so far, lists of options among it."""
        return self._desk.backend.executions

    async def options(
        self,
        step: str,
        name: str,
        *,
        builder: str = "UADA",
        values: Mapping[str, Any] | None = None,
        query: str = "",
    ) -> Outcome:
        """Open the pick list of an input while `values` are chosen; the outcome has `options`.

        They have to be there when the app acknowledges: `options_not_ready`.
        """
        person = self._desk.member(builder)
        asked = self._input(self._step(step), name)
        if not asked.options_of:
            raise ValueError(f"{name} is not picked from a list")
        source = self._desk.backend.manifest.functions[asked.options_of]
        known = {QUERY: query, BUILDER: self._user_context(person.id)}
        inputs = {key: _filled(raw, known, values or {}) for key, raw in asked.asks.items()}
        given = {key: value for key, value in inputs.items() if value is not None}
        execution = self._begin(source, person.id, given)
        sent = await self._events.send_once(self._event(execution))
        if sent.error:
            return sent
        ended = self.executions[execution.id]
        if ended.progress is Progress.RUNNING:
            return Outcome(error="options_not_ready")
        return Outcome(error=ended.error, options=list(ended.outputs.get(OPTIONS) or ()))

    async def run(
        self,
        step: str,
        values: Mapping[str, Any],
        *,
        user: str = "UADA",
        on_schedule: bool = False,
        redeliver: int = 0,
    ) -> Execution:
        """Let a workflow of one step run; returns its execution as it is once the app has it.

        `on_schedule` it is nobody's, so there is no interactivity.
        """
        person = self._desk.person(user)
        if person.is_external:  # https://docs.slack.dev/workflows/workflow-steps
            raise ValueError("home_team_only: people of other workspaces cannot run this workflow")
        function = self._step(step)
        inputs = {
            name: person.id if value == WHO_RUNS else value
            for name, value in values.items()
            if value not in (None, "")
        }
        if not on_schedule:
            inputs |= self._interactivity(function, person.id)
        if wrong := problems(function.inputs, inputs):
            raise ValueError("; ".join(wrong))
        execution = self._begin(function, person.id, inputs)
        await self._events.send(self._event(execution), redeliver=redeliver)
        return self.executions[execution.id]

    def _step(self, callback_id: str) -> Function:
        for each in self.steps:
            if each.callback_id == callback_id:
                return each
        raise ValueError(f"Workflow Builder has no step {callback_id}")

    def _input(self, function: Function, name: str) -> Parameter:
        try:
            return function.input(name)
        except LookupError:
            raise ValueError(f"{function.callback_id} has no input {name}") from None

    def _interactivity(self, function: Function, user: str) -> Json:
        workspace = self._desk.backend.workspace
        return {
            each.name: {
                "interactor": self._user_context(user),
                "interactivity_pointer": workspace.mint("pointer"),
            }
            for each in function.inputs
            if each.type == INTERACTIVITY
        }

    def _user_context(self, user: str) -> Json:
        return {"id": user, "secret": secrets.token_hex(8)}

    def _begin(self, function: Function, user: str, inputs: Mapping[str, Any]) -> Execution:
        backend = self._desk.backend
        execution = Execution(
            backend.workspace.mint("Fx"),
            backend.workspace.mint("Wx"),
            function,
            user,
            inputs,
            backend.clock.now(),
        )
        backend.executions.begin(execution)
        backend.workspace.changes.announce(Change("execution"))
        return execution

    def _event(self, execution: Execution) -> Json:
        """https://docs.slack.dev/reference/events/function_executed ."""
        function = execution.function
        return {
            "type": "function_executed",
            "function": {
                "id": f"Fn{function.callback_id.upper().replace('_', '')}",
                "callback_id": function.callback_id,
                "title": function.title,
                "description": function.description,
                "type": "app",
                "input_parameters": [_shown(each) for each in function.inputs],
                "output_parameters": [_shown(each) for each in function.outputs],
                "app_id": self._desk.backend.identity.app_id,
                "date_updated": int(execution.began_at.timestamp()),
            },
            "inputs": _with_parts(execution.inputs),
            "function_execution_id": execution.id,
            "workflow_execution_id": execution.workflow,
            "bot_access_token": f"xwfp-sandbox-{secrets.token_hex(8)}",
        }


def _filled(raw: Any, known: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
    if isinstance(raw, str) and raw.startswith(_OF_INPUT):
        return values.get(raw.removeprefix(_OF_INPUT).removesuffix("}}"))
    return known.get(raw, raw) if isinstance(raw, str) else raw


def _with_parts(inputs: Mapping[str, Any]) -> Json:
    """Return inputs and, beside what has parts, each of those, as Slack's SDKs show them."""
    made: Json = {}
    for name, value in inputs.items():
        made[name] = value
        if isinstance(value, Mapping):
            parts = _with_parts(value)
            made |= {f"{name}.{part}": each for part, each in parts.items()}
    return made


def _shown(one: Parameter) -> Json:
    return {
        "type": one.type,
        "name": one.name,
        "title": one.title,
        "description": one.description,
        "is_required": one.is_required,
    }
