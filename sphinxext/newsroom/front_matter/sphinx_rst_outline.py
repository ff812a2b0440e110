"""Find the title of a reStructuredText file and the field lists around it with docutils, without parsing the rest.

docutils' own state machine processes the lines, so its rules decide what is a title, a field or a list item, but no text is
parsed and no directive or role is executed. It stops once title and fields are known, usually after the first lines.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from docutils import nodes, utils
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser, states
from docutils.statemachine import TransitionCorrection

from sphinxext.newsroom.front_matter.rst_outline import RstOutline

if TYPE_CHECKING:
    from docutils.frontend import Values

TAB_WIDTH = 8
_AS_TEXT = "text"
_OTHER_SPACE = re.compile("[\v\f]")


class _KnownError(Exception):
    """All there is to know has been found."""


class _Quiet(states.Inliner):
    """Takes text as it is."""

    def init_customizations(self, settings: Any) -> None:
        """Prepare nothing.

        :param settings: the settings of docutils.
        """

    def parse(self, text: str, *_: Any) -> Any:
        """Return the text as one node, and no messages.

        :param text: what would be parsed.
        """
        return [nodes.Text(text)], []


class _Machine(states.RSTStateMachine):
    """Walks through the lines, and notes what it was looking for."""

    title: str | None = None
    top: range | None = None
    below_title: range | None = None
    has_content = False
    """Whether something other than comments, targets and directives came since the start or the title."""
    is_in_fields = False
    """Whether the last block was a field of one of the two lists."""

    def note_title(self, title: str) -> None:
        if self.title is not None:
            # What follows belongs to a section of the post.
            raise _KnownError
        self.title, self.is_in_fields, self.has_content = title, False, False

    def note_field(self, start: int) -> None:
        lines: Any = self.input_lines
        stop = self.line_offset + 1
        while not lines[stop - 1]:
            stop -= 1
        name = "top" if self.title is None else "below_title"
        known: range | None = getattr(self, name)
        if self.is_in_fields and known is not None:
            setattr(self, name, range(known.start, stop))
        elif self.has_content or known is not None:
            self.note_content()
        else:
            self.is_in_fields = True
            setattr(self, name, range(start, stop))

    def note_markup(self) -> None:
        self.is_in_fields = False

    def note_content(self) -> None:
        if self.title is not None:
            raise _KnownError
        self.is_in_fields, self.has_content = False, True


class _State(states.RSTState):
    """Behaviour that all states share and that differs from docutils."""

    state_machine: _Machine

    def section(self, title: str, *_: Any) -> None:
        self.state_machine.note_title(title)

    def paragraph(self, lines: Any, lineno: int) -> Any:
        self.state_machine.note_content()
        return super().paragraph(lines, lineno)


class Body(_State, states.Body):
    """The state between blocks. Docutils finds states by the names of their classes."""

    def _skip(self, match: Any, _context: Any, next_state: Any) -> Any:
        self.state_machine.note_content()
        self.state_machine.get_first_known_indented(match.end())
        return [], next_state, []

    bullet = _skip

    def option_marker(self, match: Any, _context: Any, next_state: Any) -> Any:
        """Skip an option with its description."""
        offset = self.state_machine.abs_line_offset()
        indented, *_ = self.state_machine.get_first_known_indented(match.end())
        if not indented:
            self.goto_line(offset)
            raise TransitionCorrection(_AS_TEXT)
        self.state_machine.note_content()
        return [], next_state, []

    def enumerator(self, match: Any, context: Any, next_state: Any) -> Any:
        """Skip an item of a numbered list."""
        docutils: Any = self  # these methods have no types
        kind, sequence, _text, ordinal = docutils.parse_enumerator(match)
        if not docutils.is_enumerated_list_item(ordinal, sequence, kind):
            raise TransitionCorrection(_AS_TEXT)
        return self._skip(match, context, next_state)

    def field_marker(self, match: Any, _context: Any, next_state: Any) -> Any:
        """Record the line of a field."""
        start = self.state_machine.line_offset
        self.state_machine.get_first_known_indented(match.end())
        self.state_machine.note_field(start)
        return [], next_state, []

    def explicit_markup(self, match: Any, _context: Any, next_state: Any) -> Any:
        """Skip a comment, a target, a directive or the like."""
        self.state_machine.note_markup()
        self.state_machine.get_first_known_indented(match.end())
        return [], next_state, []

    def anonymous(self, match: Any, context: Any, next_state: Any) -> Any:
        """Skip a target without a name."""
        return self.explicit_markup(match, context, next_state)

    def indent(self, _match: Any, context: Any, next_state: Any) -> Any:
        """Skip a quotation."""
        self.state_machine.note_content()
        self.state_machine.get_indented()
        return context, next_state, []

    def line_block(self, match: Any, _context: Any, next_state: Any) -> Any:
        """Skip a line of a verse."""
        self.state_machine.note_content()
        self.state_machine.get_first_known_indented(match.end(), until_blank=True)
        return [], next_state, []

    def doctest(self, _match: Any, _context: Any, next_state: Any) -> Any:
        """Skip an example of Python."""
        self.state_machine.note_content()
        self.state_machine.get_text_block()
        return [], next_state, []

    def table_top(self, _match: Any, _context: Any, next_state: Any, isolate_function: Any, _parser: Any) -> Any:
        """Skip a table."""
        self.state_machine.note_content()
        isolate_function()
        return [], next_state, []


class Text(_State, states.Text):
    """The state on the second line of a block."""

    def indent(self, _match: Any, _context: Any, _next_state: Any) -> Any:
        """Skip the definition of a term."""
        self.state_machine.note_content()
        self.state_machine.get_indented()
        return [], "Body", []


class Line(_State, states.Line):
    """The state after a line that is a transition or the overline of a title."""


def read_outline(text: str) -> RstOutline:
    """Return the title of a text and the field lists around it, as docutils finds them.

    :param text: reStructuredText whose lines end with a line feed.
    """
    # As docutils brings lines into shape; it would count a line for each of Unicode's separators, too.
    lines = [line.rstrip() for line in _OTHER_SPACE.sub(" ", text).expandtabs(TAB_WIDTH).split("\n")]
    machine = _Machine(state_classes=[Body, Text, Line], initial_state="Body")
    try:
        machine.run(lines, utils.new_document("", _settings()), inliner=_Quiet())
    except _KnownError:
        pass
    finally:
        machine.unlink()
    return RstOutline(title=machine.title or "", top=machine.top, below_title=machine.below_title)


@cache
def _settings() -> Values:
    settings = get_default_settings(Parser)
    # Problems are reported when the document is read.
    settings.report_level = settings.halt_level = 5
    settings.warning_stream = False
    return settings
