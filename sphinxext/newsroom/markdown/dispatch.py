"""Dispatch inline rules by their first character, so that no rule is tried at other characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    InlineRule = Callable[[StateInline, bool], bool]
    BlockRule = Callable[[StateBlock, int, int, bool], bool]


class Rules:
    """The rules of one parser, asked before those of CommonMark and in the order in which they were added."""

    def __init__(self, md: MarkdownIt) -> None:
        """Take no place in the parser yet.

        :param md: the parser.
        """
        self.md = md
        self._inline: dict[str, tuple[InlineRule, ...]] = {}
        self._block: dict[str, tuple[BlockRule, ...]] = {}

    def inline(self, characters: str, rule: InlineRule) -> None:
        """Add a rule for text.

        :param characters: those that the construct can begin with; each has to be one that ends plain text.
        :param rule: the rule.
        """
        if not self._inline:
            self.md.inline.ruler.before("escape", "newsroom", self._read_inline)
        for character in characters:
            self._inline[character] = (*self._inline.get(character, ()), rule)

    def block(self, characters: str, rule: BlockRule) -> None:
        """Add a rule for blocks.

        :param characters: those that the first line can begin with.
        :param rule: the rule.
        """
        if not self._block:
            alternatives = ["paragraph", "reference", "blockquote", "list", "footnote_def"]
            self.md.block.ruler.before("fence", "newsroom", self._read_block, {"alt": alternatives})
        for character in characters:
            self._block[character] = (*self._block.get(character, ()), rule)

    def _read_inline(self, state: StateInline, silent: bool) -> bool:
        # Asked at every character that may begin something: a loop is faster than any().
        for rule in self._inline.get(state.src[state.pos], ()):  # noqa: SIM110
            if rule(state, silent):
                return True
        return False

    def _read_block(self, state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        rules = self._block.get(state.src[begin : begin + 1])
        if rules is None or state.is_code_block(start):
            return False
        for rule in rules:  # noqa: SIM110 - as above
            if rule(state, start, end, silent):
                return True
        return False
