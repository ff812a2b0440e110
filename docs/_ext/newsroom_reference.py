"""Reference pages made from the code: options, keys of front matter and of the authors file, warnings, templates.

The directives write MyST and let it be parsed where they are, so descriptions may use its inline markup. What they
describe can be linked to: options with ``confval``, the others with the roles ``key``, ``event-key``, ``author-key``, ``warning`` and ``context``.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import textwrap
import types
import typing
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from babel import Locale
from material_settings import DEFAULTS, NOTES
from option_versions import ADDED
from pydantic import AliasChoices
from sphinx import addnodes, package_dir
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docfields import GroupedField
from sphinx.util.docutils import SphinxDirective
from typer.main import get_command

from sphinxext.newsroom import __version__, problems
from sphinxext.newsroom.cli.json_schemas import SCHEMAS
from sphinxext.newsroom.cli.main import COMMANDS
from sphinxext.newsroom.cli.main import app as cli_app
from sphinxext.newsroom.config import options
from sphinxext.newsroom.i18n import languages
from sphinxext.newsroom.pages import context_types
from sphinxext.newsroom.utils import limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docutils import nodes
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata
    from typer.core import TyperGroup

FEW_WORDS = 1000  # bytes
NAMES_IN_HELP = re.compile(r"(?<![\w`/-])(?:--[a-z][\w-]*|[a-z]+_[a-z_]+|[a-z]+\.(?:py|yml))(?![\w`])")
"""Options of the command, and names in ``conf.py`` and of files."""
WORDS = {bool: "true or false", int: "number", str: "text", float: "number", type(None): "nothing"}


class ReferenceDirective(SphinxDirective):
    """The base: a directive that is replaced by the MyST text that it makes."""

    def text(self) -> str:
        """Return the text that represents the directive."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """Parse the text."""
        return self.parse_text_to_nodes(self.text())


class OptionsDirective(ReferenceDirective):
    """Describe the options whose names begin with one of the given words."""

    required_arguments = 1
    final_argument_whitespace = True

    def text(self) -> str:
        """Return a ``confval`` for each option."""
        words = self.arguments[0].split()
        fields = {name: field for name, field in options.Options.model_fields.items() if name.split("_")[0] in words}
        return "\n\n".join(
            f"::::{{confval}} {options.PREFIX}{name}\n"
            f":type: {describe_type(field.annotation)}\n"
            f":default: `{options.default(name)!r}`\n\n"
            f"{field.description}\n\n{self._added(name)}\n::::"
            for name, field in fields.items()
        )

    @staticmethod
    def _added(name: str) -> str:
        return "\n".join(f":::{{versionadded}} {version}\n:::" for version, names in ADDED.items() if name in names)


class SettingsDirective(ReferenceDirective):
    """Make a table of the options that Material for MkDocs has as well (``shared``), or of the others (``own``)."""

    required_arguments = 1

    def text(self) -> str:
        """Return the table."""
        if self.arguments[0] == "shared":
            return table(
                ("In `mkdocs.yml` and `conf.py`", "Default", "Note"),
                # One below the other: side by side they would leave no room for the note.
                [
                    (f"`{name}`\n\n    {self._own(name)}", code(options.default(name)), self._note(name))
                    for name in DEFAULTS
                ],
                widths="50 21 29",
            )
        fields = options.Options.model_fields.items()
        return table(
            ("In `conf.py`", "Default", "Meaning"),
            [(self._own(n), code(options.default(n)), str(f.description)) for n, f in fields if n not in DEFAULTS],
            widths="42 13 45",
        )

    @staticmethod
    def _own(name: str) -> str:
        return f"{{confval}}`{options.PREFIX}{name}`"

    @staticmethod
    def _note(name: str) -> str:
        theirs = DEFAULTS[name]
        differs = "" if theirs == options.default(name) else f"Material: {code(theirs)}."
        return " ".join(filter(None, (differs, NOTES.get(name, ""))))


class KeysDirective(ReferenceDirective):
    """Describe the fields of a model: ``newsroom-keys`` with the object type and the path of the model."""

    required_arguments = 2

    def text(self) -> str:
        """Return a described object for each field."""
        kind, path = self.arguments
        module, _, name = path.rpartition(".")
        model: type[BaseModel] = getattr(import_module(module), name)
        described = []
        docs = attribute_docs(model)
        for key, field in model.model_fields.items():
            spelling, *others = aliases(key, field)
            also = "Also written " + ", ".join(f"`{other}`" for other in others) + "." if others else ""
            described.append(f"::::{{{kind}}} {spelling}\n{docs.get(key) or field.description}\n\n{also}\n::::")
        return "\n\n".join(described)


class WarningsDirective(ReferenceDirective):
    """Describe the kinds of warning, from the lines below the members of ``Subtype``."""

    has_content: ClassVar[bool] = False

    def text(self) -> str:
        """Return a described object for each kind."""
        docs = attribute_docs(problems.Subtype)
        return "\n\n".join(
            f"::::{{newsroom-warning}} newsroom.{member.value}\n{docs[member.name]}\n::::"
            for member in problems.Subtype
        )


class LimitsDirective(ReferenceDirective):
    """Make a table of the limits, from the lines below the constants of the module."""

    has_content: ClassVar[bool] = False

    def text(self) -> str:
        """Return the table."""
        docs = ModuleAnalyzer.for_module(limits.__name__).find_attr_docs()
        found = {name: " ".join(lines).strip() for (owner, name), lines in docs.items() if not owner}
        return table(
            ("At most", "Of what"),
            [(f"{getattr(limits, name):,}", text) for name, text in found.items()],
            widths="20 80",
        )


class TemplatesDirective(ReferenceDirective):
    """Make a table of the templates."""

    has_content: ClassVar[bool] = False

    def text(self) -> str:
        """Return the table."""
        rows = [
            (
                f"`{name}`",
                "\n\n    ".join(
                    f"`{variable}`: {describe_type(kind)}" for variable, kind in template.variables.items()
                ),
                template.makes,
            )
            for name, template in context_types.TEMPLATES.items()
        ]
        return table(("Template", "Gets", "Makes"), rows, widths="40 32 28")


class ContextsDirective(ReferenceDirective):
    """Describe contexts of templates, by the names of their types."""

    required_arguments = 1
    final_argument_whitespace = True

    def text(self) -> str:
        """Return a described object for each type, with its keys and those that it has from others."""
        return "\n\n".join(self._context(getattr(context_types, name)) for name in self.arguments[0].split())

    @staticmethod
    def _context(context: Any) -> str:
        docs, hints = attribute_docs(context), typing.get_type_hints(context)
        own = [(f"`{key}`", describe_type(hints[key]), text) for key, text in docs.items()]
        also = " and ".join(f"{{context}}`{name}`" for name in base_names(context) if name != "TypedDict")
        heading = f"{context.__doc__}" + (f" It has the keys of {also}, and these:" if also else "")
        keys = table(("Key", "Type", "Holds"), own, widths="22 28 50")
        return f":::::{{newsroom-context}} {context.__name__}\n{heading}\n\n{keys}\n:::::"


def base_names(described: Any) -> list[str]:
    """Return the names of the classes that a type is written below; at run time a TypedDict does not know them.

    :param described: the type.
    """
    tree = ast.parse(inspect.getsource(context_types))
    [found] = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == described.__name__]
    return [base.id for base in found.bases if isinstance(base, ast.Name)]


def attribute_docs(described: type) -> dict[str, str]:
    """Return what is below each attribute of a class, by name.

    :param described: the class.
    """
    docs = ModuleAnalyzer.for_module(described.__module__).find_attr_docs()
    # Also those of the classes that it is based on, in the same module.
    owners = {owner.__name__ for owner in described.__mro__}
    return {name: "\n".join(lines).strip() for (owner, name), lines in docs.items() if owner in owners}


class LanguagesDirective(ReferenceDirective):
    """Make a table of the languages that the interface is in."""

    def text(self) -> str:
        """Return the table."""
        found = sorted((_language_name(code), code) for code in languages())
        rows = [(name, Locale.parse(code).get_display_name() or "", f"`{_sphinx_code(code)}`") for name, code in found]
        return table(("Language", "Called by its readers", "`language`"), rows, widths="35 35 30")


def _language_name(code: str) -> str:
    return Locale.parse(code).get_display_name("en") or code


def _sphinx_code(code: str) -> str:
    """Return what a site writes into ``conf.py`` so that Sphinx finds its own words, too."""
    folder = Path(package_dir) / "locale"
    known = [folder / code, *(path for path in sorted(folder.glob(f"{code}_*")) if path.name not in languages())]
    files = [path / "LC_MESSAGES" / "sphinx.mo" for path in known]
    # Under some codes there is hardly a word.
    return next((path.name for path, file in zip(known, files, strict=True) if _size(file) > FEW_WORDS), code)


def _size(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0


def describe_type(annotation: Any) -> str:
    """Say in words what type an annotation is.

    :param annotation: as pydantic keeps it.
    """
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return describe_type(arguments[0])
    if origin is typing.Literal:
        return " or ".join(f"`{value!r}`" for value in arguments)
    if origin in {typing.Union, types.UnionType}:
        return " or ".join(f"`{a}`" if a is None else describe_type(a) for a in arguments if a is not type(None)) + (
            " or `None`" if type(None) in arguments else ""
        )
    if origin is dict:
        return "mapping" if Any in arguments else f"mapping of text to {describe_type(arguments[1])}"
    if origin in {tuple, list}:
        kind = "pair" if origin is tuple and Ellipsis not in arguments else "list"
        inner = describe_type(arguments[0])
        return kind if inner == "anything" else f"{kind} of {inner}"
    return (
        f"{{context}}`{annotation.__name__}`" if typing.is_typeddict(annotation) else WORDS.get(annotation, "anything")
    )


def code(value: object) -> str:
    """Return a value as ``conf.py`` has it, in code style.

    :param value: the value.
    """
    return f"`{value!r}`"


class CommandsDirective(ReferenceDirective):
    """Describe the sub-commands of ``newsroom``, as their help does."""

    def text(self) -> str:
        """Return a section for each command."""
        commands = typing.cast("TyperGroup", get_command(cli_app)).commands
        return "\n\n".join(self._section(name, commands[name]) for name in COMMANDS)

    @staticmethod
    def _section(name: str, command: Any) -> str:
        paragraphs = inspect.cleandoc(command.callback.__doc__).split("\n\n")
        parts = [
            f"```console\n{textwrap.dedent(part.removeprefix(chr(8)).lstrip(chr(10)))}\n```"
            if part.startswith("\b")
            else with_code(part)
            for part in (part.replace("\\b\n", "\b\n") for part in paragraphs)
        ]
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        words = " ".join(p.metavar or f"<{p.name}>" for p in arguments)
        options = [p for p in command.params if p.param_type_name == "option"]
        rows = [
            *((f"`{p.metavar or p.name.upper()}`", with_code(p.help or "")) for p in arguments),
            *((CommandsDirective._names(p), CommandsDirective._help(p)) for p in options),
        ]
        usage = " ".join(filter(None, ("newsroom", name, "[OPTIONS]", words)))
        return f"```{{program}} newsroom {name}\n```\n(newsroom-{name})=\n\n**`{usage}`**\n\n" + "\n\n".join(
            [*parts, table(("Argument or option", "Meaning"), rows, widths="35 65")]
        )

    @staticmethod
    def _names(option: Any) -> str:
        return ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))

    @staticmethod
    def _help(option: Any) -> str:
        choices = getattr(option.type_descriptor.annotation, "__members__", None)
        said = [with_code(option.help or "")]
        if choices:
            said.append(f"One of {', '.join(f'`{choice.value}`' for choice in choices.values())}.")
        if choices and option.default is not None:
            said.append(f"Default: `{option.default.value}`.")
        return " ".join(said)


def with_code(text: str) -> str:
    """Return help text with option names and names in ``conf.py`` as code: smart quotes would make a dash of ``--``.

    :param text: the text, as the terminal shows it.
    """
    return NAMES_IN_HELP.sub(r"`\g<0>`", text)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, widths: str) -> str:
    """Return a table.

    :param head: its first row.
    :param rows: the others.
    :param widths: the widths of columns.
    """
    lines = ["* - " + "\n  - ".join(row) for row in (head, *rows)]
    return f"::::{{list-table}}\n:class: settings\n:header-rows: 1\n:widths: {widths}\n\n" + "\n".join(lines) + "\n::::"


def aliases(name: str, field: FieldInfo) -> list[str]:
    """Return the names that a key may be written with, the usual one first.

    :param name: the name of the field.
    :param field: the field of the model.
    """
    alias = field.validation_alias
    return [str(choice) for choice in alias.choices] if isinstance(alias, AliasChoices) else [str(alias or name)]


def parse_event(_env: BuildEnvironment, signature: str, node: addnodes.desc_signature) -> str:
    """Describe the name of an event and the parameters of its handlers; return the name.

    :param signature: such as ``name (app, posts)``.
    :param node: the description, filled here.
    """
    name, _, parameters = signature.partition(" ")
    node += addnodes.desc_name(name, name)
    listed = addnodes.desc_parameterlist()
    for parameter in parameters.strip("()").split(", "):
        listed += addnodes.desc_parameter(parameter, parameter)
    node += listed
    return name


def write_schemas(app: Sphinx, exception: Exception | None) -> None:
    """Publish the JSON Schemas at the URLs that they name.

    :param app: the application.
    :param exception: what ended the build, None if nothing did.
    """
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "schemas"
    folder.mkdir(exist_ok=True)
    for name, make in SCHEMAS.items():
        (folder / f"{name}.json").write_text(json.dumps(make(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives and the object types that they describe.

    :param app: the Sphinx application.
    """
    app.add_object_type("newsroom-key", "key", "pair: %s; front matter", objname="front matter key")
    app.add_object_type("newsroom-event-key", "event-key", "pair: %s; event", objname="key of an event")
    app.add_object_type("newsroom-place-key", "place-key", "pair: %s; place", objname="key of a place")
    app.add_object_type("newsroom-reference-key", "reference-key", "pair: %s; references", objname="key of a reference")
    app.add_object_type("newsroom-funding-key", "funding-key", "pair: %s; funding", objname="key of funding")
    app.add_object_type("newsroom-author-key", "author-key", "pair: %s; authors file", objname="authors file key")
    app.add_object_type("newsroom-list-option", "list-option", "pair: %s; post-list", objname="option of post-list")
    parameters = GroupedField("parameter", label="Parameters", names=("param",), can_collapse=True)
    app.add_object_type(
        "event", "event", "pair: %s; event", parse_node=parse_event, objname="event", doc_field_types=[parameters]
    )
    app.add_object_type("newsroom-warning", "warning", "pair: %s; warning", objname="warning")
    app.add_object_type("newsroom-context", "context", "pair: %s; context of templates", objname="context of templates")
    app.add_directive("newsroom-templates", TemplatesDirective)
    app.add_directive("newsroom-contexts", ContextsDirective)
    app.add_directive("newsroom-options", OptionsDirective)
    app.add_directive("newsroom-settings", SettingsDirective)
    app.add_directive("newsroom-keys", KeysDirective)
    app.add_directive("newsroom-warnings", WarningsDirective)
    app.add_directive("newsroom-limits", LimitsDirective)
    app.add_directive("newsroom-languages", LanguagesDirective)
    app.add_directive("newsroom-commands", CommandsDirective)
    app.connect("build-finished", write_schemas)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
