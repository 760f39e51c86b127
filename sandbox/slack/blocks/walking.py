"""Going through blocks: the nested ones, their elements, and giving ids to those without."""

from collections.abc import Callable, Iterator
from typing import Any

Block = dict[str, Any]

_NESTED = ("child_blocks", "tasks", "elements")
_INTERACTIVE_LISTS = ("elements", "actions")
_HOLDERS = ("actions", "context_actions", "card")


def every_block(blocks: Any, pointer: str = "/blocks") -> Iterator[tuple[Block, str]]:
    """Yield all blocks with their JSON pointers: those inside containers and carousels too."""
    for index, block in enumerate(blocks if isinstance(blocks, list | tuple) else ()):
        if not isinstance(block, dict):
            continue
        here = f"{pointer}/{index}"
        yield block, here
        for name in _NESTED:
            if name != "elements" or block.get("type") == "carousel":
                yield from every_block(block.get(name), f"{here}/{name}")


def elements(block: Block) -> list[dict[str, Any]]:
    """Return the interactive elements that one block holds."""
    found = [block.get("accessory"), block.get("element")]
    if block.get("type") in _HOLDERS:
        for name in _INTERACTIVE_LISTS:
            members = block.get(name)
            found.extend(members if isinstance(members, list) else [])
    return [one for one in found if isinstance(one, dict) and one.get("type") != "image"]


def find_element(
    blocks: Any, *, action_id: str, block_id: str | None = None
) -> tuple[Block, dict[str, Any]] | None:
    """Return the block and the element with this action id, or None."""
    for block, _ in every_block(blocks):
        if block_id is not None and block.get("block_id") != block_id:
            continue
        for element in elements(block):
            if element.get("action_id") == action_id:
                return block, element
    return None


def with_ids(blocks: list[Block], mint: Callable[[], str]) -> list[Block]:
    """Return a copy in which every block has a block_id and every element an action_id."""
    return [_with_ids(block, mint) for block in blocks]


def _with_ids(block: Block, mint: Callable[[], str]) -> Block:
    named = {**block}
    named.setdefault("block_id", mint())
    for name in ("accessory", "element"):
        if isinstance(named.get(name), dict):
            named[name] = _with_action_id(named[name], mint)
    for name in ("elements", "actions", "child_blocks", "tasks"):
        members = named.get(name)
        if not isinstance(members, list):
            continue
        if name in {"child_blocks", "tasks"} or block.get("type") == "carousel":
            named[name] = with_ids(members, mint)
        elif block.get("type") in _HOLDERS:
            named[name] = [_with_action_id(member, mint) for member in members]
    return named


def _with_action_id(element: dict[str, Any], mint: Callable[[], str]) -> dict[str, Any]:
    if element.get("type") == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": mint()}
