"""Why something is not followed any more."""

from bot.follow.model import Follow
from bot.follow.rendering.words import title_of
from bot.follow.seeing import Stance


def sentence_of(one: Follow, stance: Stance) -> str:
    """Return what happened, for whoever followed it."""
    if stance is Stance.LEFT:
        why = f"You're not in the channel of digest {one.digest} any more"
    else:
        why = f"Digest {one.digest} was stopped"
    return f"{why}, so I don't follow {title_of(one)} for you any longer."
