"""What can be picked while somebody builds a workflow, from local rows alone.

Whoever builds it is offered what they may see themselves; to nobody nothing is offered.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.asking.form import Form, Options
from bot.asking.question import Question, QuestionKind, with_export
from bot.asking.rendering.period_inputs import ALL_DATES, PERIODS
from bot.errors import DeniedError
from bot.feature import Switches, Wiring
from bot.jobs.access import Right
from bot.jobs.admission import Admission
from bot.jobs.request import Intent
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.inputs import option
from bot.slack.blocks.wording import FORMATS
from bot.steps import catalog, questions, words
from bot.steps.catalog import OptionList, StepCatalog

Choices = Iterable[tuple[str, str]]
"""Values with their labels."""


class StepOptions:
    """Raises UserError, DeniedError and NotKnownYetError."""

    def __init__(self, known: StepCatalog, switches: Switches, admission: Admission) -> None:
        """Offer what the services have that are on."""
        self._lists = known.lists
        self._switches = switches
        self._admission = admission
        self._fixed: Mapping[str, Callable[[Mapping[str, Any]], Choices]] = {
            catalog.SERVICES: self._services,
            catalog.REPORTS: self._reports,
            catalog.PERIODS: self._periods,
            catalog.FORMATS: self._formats,
            catalog.FIGURES: self._measures,
            catalog.COMPARISONS: lambda _: [(each, each) for each in questions.COMPARISONS],
        }

    def lists(self, callback: str) -> bool:
        """Return whether there is such a list."""
        return callback in self._lists

    async def of(self, callback: str, given: Mapping[str, Any], *, builder: str) -> Options:
        """Return the options of a list for what was typed so far, the first of them."""
        if not builder:
            raise DeniedError(words.NOT_BUILDER)
        query = str(given.get("query") or "")
        fixed = self._fixed.get(callback)
        if fixed:
            await self._admission.admit(Right.ASK, builder)
            return _fitting(fixed(given), query)[: LIMITS.options]
        action = self._action(self._lists[callback], given)
        found = self._room_list(action)
        if found is None:
            return []
        form, wiring = found
        await self._admission.admit(form.needs, builder)
        shown = await form.lists[action](_service(form, wiring), query)
        shown = await self._admission.offered(form.needs, builder, shown, where="")
        return shown[: LIMITS.options]

    def renewal(self, callback: str, given: Mapping[str, Any]) -> Intent | None:
        """Return the job that brings a room's list up to date, where there is one."""
        action = self._action(self._lists[callback], given)
        kinds = (kind for feature, _ in self._switches.on for kind in feature.kinds)
        pickers = (kind.picker for kind in kinds if kind.picker)
        return next((each.renew for each in pickers if each.things == action), None)

    async def label_of(self, action: str, value: str) -> str:
        """Return the words by which a value is picked from a room's list, or the value itself."""
        found = self._room_list(action)
        shown = await found[0].lists[action](_service(*found), "") if found else []
        labels = (str(each["text"]["text"]) for each in shown if each["value"] == value)
        return next(labels, value)

    def _action(self, wanted: OptionList, given: Mapping[str, Any]) -> str:
        if wanted.callback != catalog.THINGS:
            return wanted.action
        kind = self._kind(given)
        return kind.picker.things if kind and kind.picker else ""

    def _room_list(self, action: str) -> tuple[Form[Any], Wiring] | None:
        for feature, wiring in self._switches.on:
            for form in feature.forms:
                if action in form.lists:
                    return form, wiring
        return None

    def _kind(self, given: Mapping[str, Any]) -> QuestionKind[Any] | None:
        service = given.get("service")
        kinds = (kind for feature, _ in self._switches.on for kind in feature.kinds)
        return next((each for each in kinds if each.name == service), None)

    def _services(self, _: Mapping[str, Any]) -> Choices:
        kinds = (kind for feature, _ in self._switches.on for kind in feature.kinds)
        return [(each.name, each.picker.service) for each in kinds if each.picker]

    def _reports(self, given: Mapping[str, Any]) -> Choices:
        kind = self._kind(given)
        return kind.picker.figures if kind and kind.picker else ()

    def _periods(self, given: Mapping[str, Any]) -> Choices:
        kind = self._kind(given)
        period = kind.picker.period if kind and kind.picker else ""
        if not period:
            return ()
        return ((ALL_DATES, "All dates"), *PERIODS) if period == ALL_DATES else PERIODS

    def _formats(self, given: Mapping[str, Any]) -> Choices:
        asked = self._asked(given)
        return [(each, FORMATS.get(each, each)) for each in asked.formats] if asked else ()

    def _measures(self, given: Mapping[str, Any]) -> Choices:
        kind, asked = self._kind(given), self._asked(given)
        found = kind.measures(asked) if kind else ()
        return [(each.name, each.name.capitalize()) for each in found]

    def _asked(self, given: Mapping[str, Any]) -> Question | None:
        """Return a question of the chosen report, about nothing in particular."""
        kind, report = self._kind(given), given.get("report")
        if kind is None or kind.picker is None:
            return None
        known = [value for value, _ in kind.picker.figures]
        asked: Question = kind.picker.made("", report if report in known else known[0], "")
        return with_export(asked, "")


def _fitting(choices: Choices, query: str) -> Options:
    typed = query.strip().casefold()
    return [option(label, value) for value, label in choices if typed in label.casefold()]


def _service(form: Form[Any], wiring: Wiring) -> object:
    return next(each for each in wiring.services if type(each) is form.service)
