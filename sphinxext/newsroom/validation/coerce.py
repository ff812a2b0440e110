"""Validate input with a typed model, and coerce values that are clear although not quite valid.

The fields of a model are strict: they define what is valid, and generate the reference pages and the JSON Schema. A field whose
type is wrapped in :func:`coerced` also has a reader, which is called for invalid values. Either the reader understands the value,
or the field gets its default; both are recorded as a problem with its line. One pass thus finds every mistake in a file, and
valid values cost nothing extra.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from reprlib import Repr
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError, WrapValidator
from pydantic_core import PydanticUseDefault

from sphinxext.newsroom.problems import Edit, Problem
from sphinxext.newsroom.validation.aliases import ONE_MEANING, aliases, known_keys, misspelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pydantic import ValidationInfo, ValidatorFunctionWrapHandler

    from sphinxext.newsroom.problems import Subtype

Model = TypeVar("Model", bound=BaseModel)

_REPR = Repr()
_REPR.maxstring = _REPR.maxother = 80
_REPR.maxlist = _REPR.maxdict = 6


class UnusableError(Exception):
    """Nobody can tell what a value means."""


class SourceMap(Protocol):
    """The lines of the keys of a file."""

    def line(self, *keys: str | int) -> int | None:
        """Return the line of a key or list item, or of the nearest one above it."""

    def item_line(self, text: str, *keys: str | int) -> int | None:
        """Return the line of a list item that has a given text, else that of the list."""

    def raw(self, *keys: str | int) -> str | None:
        """Return a scalar as it was written."""

    def key(self, *keys: str | int) -> str | None:
        """Return a key as it was written."""


class NoSourceMap:
    """The source map of a mapping that is in no file."""

    def line(self, *keys: str | int) -> int | None:
        """Return None.

        :param keys: the key path of a value.
        """
        return None

    def item_line(self, text: str, *keys: str | int) -> int | None:
        """Return None.

        :param text: an item.
        :param keys: the key path of its list.
        """
        return None

    def raw(self, *keys: str | int) -> str | None:
        """Return None.

        :param keys: the key path of a value.
        """
        return None

    def key(self, *keys: str | int) -> str | None:
        """Return None.

        :param keys: the way to a key.
        """
        return None


@dataclass(frozen=True, slots=True)
class InvalidValue:
    """An invalid value, and its location."""

    value: Any
    keys: tuple[str | int, ...]
    context: ValidationContext
    subtype: Subtype
    silent: bool = False

    @property
    def raw(self) -> str:
        """The value as text: as the writer spelled it, if that is known."""
        raw = self.context.source_map.raw(*self.keys)
        return raw if raw is not None else str(self.value)

    def inside(self, key: str | int, value: Any) -> InvalidValue:
        """Return a value inside this one.

        :param key: its key or index.
        :param value: the value.
        """
        return replace(self, value=value, keys=(*self.keys, key))

    def read_as(self, result: Any, expected: str, *, correction: str | None = None) -> Any:
        """Note how the value is understood, and return that.

        :param result: what is made of it.
        :param expected: what would have been right.
        :param correction: the correct text, if there is only one.
        """
        if not self.silent:
            self._report(expected, f"It is read as {format_value(result)}.", correction=correction)
        return result

    def reject(self, expected: str, hint: str = "") -> UnusableError:
        """Note that the value is of no use, and return the error to raise.

        :param expected: what would have been right.
        :param hint: one more sentence.
        """
        self.ignore(expected, hint)
        return UnusableError()

    def ignore(self, expected: str, hint: str = "") -> None:
        """Note that the value is of no use.

        :param expected: what would have been right.
        :param hint: one more sentence.
        """
        self._report(expected, " ".join(filter(None, ("It is ignored.", hint.strip()))))

    def _report(self, expected: str, outcome: str, *, correction: str | None = None) -> None:
        *above, last = self.keys
        if isinstance(last, int):
            place = f"{'.'.join(map(str, above))!r} has {format_value(self.value)} in it"
        else:
            place = f"{'.'.join(map(str, self.keys))!r} is {format_value(self.value)}"
        replacement = None
        if correction is not None:
            replacement = Edit(path="", line=0, old=self.raw, new=correction, unquote=True)
        self.context.report(
            f"{place}; expected {expected}. {outcome}", self.keys, self.subtype, replacement=replacement
        )


class ValidationContext:
    """The problems found while one mapping is validated."""

    def __init__(
        self,
        model: type[BaseModel],
        mapping: Mapping[str, Any],
        *,
        source_map: SourceMap,
        path: str,
        subtype: Subtype,
        keys: tuple[str | int, ...] = (),
        silent: bool = False,
    ) -> None:
        """Begin with nothing noticed.

        :param model: the model.
        :param mapping: what is validated.
        :param source_map: the lines of its keys.
        :param path: the file.
        :param subtype: the kind of the problems, unless a field has its own.
        :param keys: the key path of the mapping in the file.
        :param silent: whether values that are understood pass without a word.
        """
        self._model = model
        self._mapping = mapping
        self._path = path
        self.keys = keys
        self.source_map = source_map
        self.subtype = subtype
        self.silent = silent
        self.problems: list[Problem] = []
        self.rejected: set[str] = set()
        """The fields whose value was of no use."""

    def inside(
        self, model: type[BaseModel], mapping: Mapping[str, Any], keys: tuple[str | int, ...]
    ) -> ValidationContext:
        """Return a context for a mapping inside this one; it adds to the same problems.

        :param model: the model of that mapping.
        :param mapping: the mapping.
        :param keys: its key path in the file.
        """
        context = ValidationContext(
            model,
            mapping,
            source_map=self.source_map,
            path=self._path,
            subtype=self.subtype,
            keys=keys,
            silent=self.silent,
        )
        context.problems = self.problems
        return context

    def has_field(self, key: str) -> bool:
        """Return whether the mapping gives the field that has a key, in any spelling of it, or one with the same meaning.

        :param key: a key of the model.
        """
        spellings = next(
            (names for field in self._model.model_fields if key in (names := aliases(self._model, field))), (key,)
        )
        related = next((names for names in ONE_MEANING if key in names), ())
        return any(name in self._mapping for name in (*spellings, *related))

    def found(self, field: str, value: Any, *, subtype: Subtype | None, silent: bool) -> InvalidValue:
        """Return the value of a field together with its place.

        :param field: the name of the field; the file may have another spelling of it.
        :param value: its value.
        :param subtype: the kind of a problem with it.
        :param silent: whether a value that is understood passes without a word.
        """
        key = next((name for name in aliases(self._model, field) if name in self._mapping), field)
        return InvalidValue(value, (*self.keys, key), self, subtype or self.subtype, silent or self.silent)

    def report(
        self,
        message: str,
        keys: tuple[str | int, ...],
        subtype: Subtype | None = None,
        *,
        replacement: Edit | None = None,
    ) -> None:
        """Add a problem.

        :param message: the message.
        :param keys: where.
        :param subtype: its kind, if not the usual one.
        :param replacement: what corrects it; its place is filled in.
        """
        line = self.source_map.line(*keys)
        edits: tuple[Edit, ...] = ()
        if replacement is not None and line is not None:
            edits = (replace(replacement, path=self._path, line=line),)
        problem = Problem(subtype=subtype or self.subtype, message=message, path=self._path, line=line, edits=edits)
        self.problems.append(problem)


def coerced(
    read: Callable[[InvalidValue], Any], *, subtype: Subtype | None = None, silent: bool = False
) -> WrapValidator:
    """Return the annotation of a field whose invalid values have a reader.

    :param read: turns a wrong value into a right one, or refuses it.
    :param subtype: the kind of a problem with the field.
    :param silent: whether a value that is understood passes without a word.
    """

    def validate(value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        try:
            return handler(value)
        except ValidationError:
            if info.context is None or info.field_name is None:
                raise
        found = info.context.found(info.field_name, value, subtype=subtype, silent=silent)
        try:
            return handler(read(found))
        except UnusableError:
            pass
        except ValidationError:
            found.ignore("another kind of value")
        info.context.rejected.add(info.field_name)
        raise PydanticUseDefault

    return WrapValidator(validate)


def check(
    model: type[Model], mapping: Mapping[str, Any], context: ValidationContext
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the valid values of a mapping by field, and its additional keys unchanged.

    :param model: the model, all of whose fields are lenient.
    :param mapping: the raw mapping; its keys are text.
    :param context: takes the problems.
    """
    checked = model.model_validate(mapping, context=context)
    given = checked.model_fields_set - context.rejected
    values = {name: value for name, value in checked.__dict__.items() if name in given}
    known = known_keys(model)
    return values, {key: value for key, value in mapping.items() if key not in known}


def text_keys(mapping: Mapping[Any, Any]) -> Mapping[str, Any]:
    """Return a mapping with keys that are text; in YAML they can be anything.

    :param mapping: the raw mapping.
    """
    if all(type(key) is str for key in mapping):
        return mapping
    return {str(key): value for key, value in mapping.items()}


def report_misspelled_keys(keys: Iterable[str], model: type[BaseModel], context: ValidationContext) -> None:
    """Note the keys that look like a misspelling of a known one.

    :param keys: keys that the model does not know.
    :param model: the model.
    :param context: takes the problems.
    """
    for key in keys:
        if meant := misspelled(key, model):
            message = f"{key!r} is not a known key and is ignored. Did you mean {meant!r}?"
            # With the correct key present, it is unclear which value is meant.
            is_free = not context.has_field(meant)
            edit = Edit(path="", line=0, old=f"{key}:", new=f"{meant}:") if is_free else None
            context.report(message, (*context.keys, key), replacement=edit)


def format_value(value: Any) -> str:
    """Return a value as a message shows it.

    :param value: the value.
    """
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return _REPR.repr(value)
