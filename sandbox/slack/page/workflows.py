"""The panel of Workflow Builder: a workflow of one step is built, run, and its outputs are seen."""

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from sandbox.slack import SlackSandbox
from sandbox.slack.functions.declared import Function, Parameter
from sandbox.slack.functions.executions import Execution
from sandbox.slack.page.answers import Body, Refused, needed, optional, read_body
from sandbox.slack.page.viewers import Viewers

SHOWN: Final = 20


class WorkflowPanel:
    """The routes of the panel."""

    def __init__(self, slack: SlackSandbox) -> None:
        """Build and run in this Slack."""
        self._slack = slack
        self._viewers = Viewers(slack)

    async def show(self, _request: web.Request) -> web.Response:
        """GET: the app's steps, and what was carried out lately, newest first."""
        ran = [each for each in self._slack.workflows.executions if not each.function.lists_options]
        return web.json_response(
            {
                "steps": [_step(each) for each in self._slack.workflows.steps],
                "executions": [_execution(each) for each in ran[: -SHOWN - 1 : -1]],
            }
        )

    async def options(self, request: web.Request) -> web.Response:
        """POST {user, step, name, values, query?}: the pick list of an input."""
        body = await read_body(request)
        try:
            found = await self._slack.workflows.options(
                needed(body, "step"),
                needed(body, "name"),
                builder=self._user(body),
                values=_values(body),
                query=optional(body, "query") or "",
            )
        except ValueError as impossible:
            raise Refused(str(impossible), status=200) from None
        if found.error:
            raise Refused(found.error, status=200)
        return web.json_response({"options": found.options})

    async def run(self, request: web.Request) -> web.Response:
        """POST {user, step, values, on_schedule?}: a workflow of one step runs."""
        body = await read_body(request)
        try:
            begun = await self._slack.workflows.run(
                needed(body, "step"),
                _values(body),
                user=self._user(body),
                on_schedule=body.get("on_schedule") is True,
            )
        except ValueError as impossible:
            raise Refused(str(impossible), status=200) from None
        return web.json_response(_execution(begun))

    def _user(self, body: Body) -> str:
        return self._viewers.person(needed(body, "user")).id


def _values(body: Body) -> Mapping[str, Any]:
    values = body.get("values")
    if not isinstance(values, dict):
        raise Refused("values are {input: value}.")
    return values


def _step(one: Function) -> dict[str, Any]:
    return {
        "id": one.callback_id,
        "title": one.title,
        "description": one.description,
        "inputs": [_input(each) for each in one.inputs],
    }


def _input(one: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title or one.name,
        "description": one.description,
        "type": one.type,
        "is_required": one.is_required,
        "is_picked": bool(one.options_of),
    }


def _execution(one: Execution) -> dict[str, Any]:
    titles = {each.name: each.title or each.name for each in one.function.outputs}
    return {
        "id": one.id,
        "title": one.function.title,
        "user": one.user,
        "progress": one.progress,
        "error": one.error,
        "began_at": one.began_at.isoformat(),
        "outputs": [
            {"name": name, "title": titles[name], "value": value}
            for name, value in one.outputs.items()
        ],
    }
