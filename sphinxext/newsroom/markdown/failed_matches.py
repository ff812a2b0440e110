"""State of rules while one text is parsed, so that a failed match is not tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline


def memory(state: StateBlock | StateInline) -> dict[Any, int]:
    """Return the memory of the text that is being parsed.

    :param state: the parser.
    """
    place = f"newsroom_memory_{type(state).__name__}"
    kept = state.env.get(place)
    if kept is None or kept[0] is not state:
        state.env[place] = kept = (state, {})
    remembered: dict[Any, int] = kept[1]
    return remembered
