"""What a link to a website workflow shows: what it is, and since when it has events."""

from typing import Final

from bot.asking.linking.things import UUID, LinkCard, LinkedThing, stated
from bot.slack.blocks.wording import capital
from bot.workflows.core.command import DEFAULT_PERIOD
from bot.workflows.finder import Workflows
from bot.workflows.question import COUNTS, ExportQuestion

WORKFLOW: Final = LinkedThing(
    kind="giosg_workflow",
    noun="workflow",
    form=UUID,
    example="0b7c1f1e-1c1a-4f0e-9a55-2f6f2a3c9d10",
)
_STATES: Final = {True: "Published", False: "Draft"}


class WorkflowLinks:
    """Raises VendorError."""

    def __init__(self, workflows: Workflows) -> None:
        """Ask `workflows`."""
        self._workflows = workflows

    async def card(self, workflow_id: str) -> LinkCard:
        """Return the card of a workflow."""
        info = await self._workflows.giosg.info(workflow_id.lower())
        title = info.name or info.id
        return LinkCard(
            title=title,
            state=_STATES.get(info.published, "") if info.published is not None else "",
            facts=stated(
                ("Kind", capital(info.kind.replace("-", " "))),
                ("Last event", info.last_event_at),
            ),
            details=stated(
                ("First event", info.first_event_at),
                ("Changed", info.modified_at),
                ("Description", info.description),
            ),
            question=ExportQuestion(
                title, COUNTS, period=DEFAULT_PERIOD, export="", workflow_id=info.id
            ),
            changed_at=info.modified_at,
        )
