"""SaferMe: analytics of field reports."""

from bot.feature import Feature, Parts
from bot.fieldreports.client.client import open_saferme
from bot.fieldreports.forms import AnalyticsForms
from bot.fieldreports.parts import FieldAnalytics
from bot.fieldreports.sessions import Sessions


async def build(parts: Parts) -> tuple[Feature, AnalyticsForms]:
    """Return the feature and its forms; the client begins with the tokens that were kept."""
    settings = parts.settings.saferme
    sessions = Sessions(parts.database, settings, parts.clock)
    saferme = await open_saferme(
        settings, parts.clock, parts.stack, tokens=await sessions.tokens(), keeping=sessions.keeping
    )
    field = FieldAnalytics(
        saferme,
        parts.database,
        parts.slack,
        parts.people,
        parts.tables,
        parts.clock,
        team_id=settings.team_id,
    )
    feature = Feature(
        tasks=field.tasks(),
        composers={"analytics": field.analytics},
        openers=field.openers,
    )
    return feature, field.forms
