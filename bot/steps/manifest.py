"""What the app's manifest says of steps. Such an app is for one workspace, or one organisation.

https://docs.slack.dev/workflows/workflow-steps and https://docs.slack.dev/reference/app-manifest
"""

from collections.abc import Sequence
from typing import Any, Final

from bot.asking.core.room_steps import TEXT, TEXTS, StepInput, StepOutput
from bot.feature import Feature
from bot.steps.catalog import OptionList, StepCatalog, WorkflowStep, catalog_of
from bot.surface import Manifest

EVENT: Final = "function_executed"
QUERY: Final = "query"
BUILDER: Final = "builder"
_BUILDER_TYPE: Final = "slack#/types/user_context"
_OPTIONS_TYPE: Final = "slack#/types/options_select"


def with_steps(manifest: Manifest, root: str) -> Manifest:
    """Return a manifest of an app that has steps."""
    del root
    settings = manifest["settings"]
    events = settings["event_subscriptions"]
    heard = sorted({*events["bot_events"], EVENT})
    changed = {
        **settings,
        "event_subscriptions": {**events, "bot_events": heard},
        "org_deploy_enabled": True,
        "function_runtime": "remote",
    }
    return {**manifest, "settings": changed}


def functions_of(features: Sequence[Feature[Any]]) -> Manifest:
    """Return the functions of a manifest: each step, and each list from which something is picked.

    Taking a name away takes the step out of every workflow that has it.
    """
    catalog = catalog_of(features)
    steps = {name: _step(each, catalog) for name, each in catalog.steps.items()}
    return steps | {name: _list(each) for name, each in catalog.lists.items()}


def _step(step: WorkflowStep, catalog: StepCatalog) -> Manifest:
    return {
        "title": step.title,
        "description": step.description,
        "input_parameters": {each.name: _input(each, catalog) for each in step.inputs},
        "output_parameters": {each.name: _output(each) for each in step.outputs},
    }


def _input(one: StepInput, catalog: StepCatalog) -> Manifest:
    made = _parameter(one.name, one.type, one.title, one.description, needed=one.needed)
    if not one.picks:
        return made
    given = catalog.lists[one.picks].given
    asked = {
        QUERY: {"value": "{{client.query}}"},
        BUILDER: {"value": "{{client.builder_context}}"},
        **{name: {"value": f"{{{{input_parameters.{name}}}}}"} for name in given},
    }
    return made | {"dynamic_options": {"function": f"#/functions/{one.picks}", "inputs": asked}}


def _output(one: StepOutput) -> Manifest:
    made = _parameter(one.name, one.type, one.title, one.description, needed=one.sure)
    return made | ({"items": {"type": TEXT}} if one.type == TEXTS else {})


def _list(one: OptionList) -> Manifest:
    given = {
        name: _parameter(name, TEXT, name.capitalize(), "", needed=False)
        for name in (QUERY, *one.given)
    }
    builder = _parameter(BUILDER, _BUILDER_TYPE, "Builder", "", needed=False)
    options = _parameter("options", _OPTIONS_TYPE, "Options", "", needed=False)
    return {
        "title": one.title,
        "description": f"Fills a list of {one.title.lower()} in Workflow Builder",
        "input_parameters": {**given, BUILDER: builder},
        "output_parameters": {"options": options},
    }


def _parameter(name: str, kind: str, title: str, description: str, *, needed: bool) -> Manifest:
    told = {"description": description} if description else {}
    return {"type": kind, "name": name, "title": title, **told, "is_required": needed}
