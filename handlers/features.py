"""The slash command of each feature: help, a form, a question, or something else that is wanted."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.core.arguments import Ask, Help, OpenForm
from bot.asking.form import Form
from bot.asking.rendering.help import help_message
from bot.feature import Feature
from bot.slack_app import Services
from handlers.boundary import BY_JOB, guarded, say
from handlers.forms import open_form
from handlers.payloads import Payload, from_command


def add_command(app: AsyncApp, feature: Feature[Any]) -> None:
    """Add the listener of a feature's command."""
    about = feature.command

    async def answer(ack: AsyncAck, command: Payload, services: Services) -> None:
        parsed = about.parse(command.get("text", ""))
        if isinstance(parsed, Help):
            await say(ack, help_message(about.help))
            return
        if isinstance(parsed, OpenForm):
            form = _form(feature, parsed.form)
            await services.admission.admit(form.needs, command["user_id"])
            await open_form(form, command, services, typed=parsed.typed)
        else:
            intent = parsed.question if isinstance(parsed, Ask) else parsed
            request = from_command(command, intent, privately=parsed.privately)
            await services.inbox.accept(f"command:{command['trigger_id']}", request)
        await ack()

    app.command(about.name)(guarded(answer, BY_JOB))


def _form(feature: Feature[Any], callback: str) -> Form[Any]:
    return next(each for each in feature.forms if callback in ("", each.callback))
