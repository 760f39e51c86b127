"""The window in which admins set a rule."""

import asyncio

from bot.asking.form import Form, FormRequest, Options, Submission
from bot.jobs.access import DOES, Right
from bot.policy.core.command import SetRule
from bot.policy.ids import PolicyAction, PolicyCallback
from bot.policy.rendering.form import TITLE, group_options, rule_form, rule_modal
from bot.slack.blocks.modals import Errors, View, loading_modal
from bot.slack.groups import UserGroups

PATIENCE_SECONDS = 1.0
"""How long Slack may take to tell the groups: it waits three seconds for its own answer."""


class PolicyForms:
    """Opens it."""

    def __init__(self, groups: UserGroups) -> None:
        """Offer these groups."""
        self._groups = groups

    async def view(self, about: str) -> View:
        """Return the form, about a right by its word, or the first."""
        known = {each.value: each for each in DOES}
        return rule_modal(known.get(about, Right.ASSIGN))

    async def groups(self, query: str) -> Options:
        """Return the user groups for what was typed so far; none where Slack takes long."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return group_options(await self._groups.all(), query)
        except TimeoutError:
            return []

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return the rule that is wanted; what comes of it stands in the window."""
        form = rule_form(submission.values, view_id=submission.view_id)
        if not isinstance(form, SetRule):
            return form
        return FormRequest(form, "", privately=True, next_view=loading_modal(TITLE))


POLICY_FORM = Form(
    callback=PolicyCallback.SET,
    title=TITLE,
    service=PolicyForms,
    submit=PolicyForms.submit,
    needs=Right.GOVERN,
    view=PolicyForms.view,
    lists={PolicyAction.GROUPS: PolicyForms.groups},
)
