"""JSON Schemas of the files that people write, made of the models that check them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from sphinxext.newsroom.config.options import PREFIX, Options, default
from sphinxext.newsroom.front_matter.author_keys import AuthorKeys
from sphinxext.newsroom.front_matter.schema import PostKeys
from sphinxext.newsroom.validation.aliases import aliases

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

BASE = "https://sphinxext-newsroom.readthedocs.io/en/latest/schemas"
_DIALECT = GenerateJsonSchema.schema_dialect
_DATE = r"^\d{4}-\d{1,2}-\d{1,2}([Tt ]+\d{1,2}:\d{2}(:\d{2}(\.\d*)?)?\s*(Z|[-+]\d{1,2}(:?\d{2})?)?)?$"
_NO_HELP = ("title", "default")
"""What the generator makes of the names and the defaults of fields."""


def front_matter_schema() -> dict[str, Any]:
    """Return the schema of the front matter of a post, with all spellings of its keys."""
    return _finished(_model_schema(PostKeys), "front-matter", "Front matter of a post")


def authors_schema() -> dict[str, Any]:
    """Return the schema of the authors file: authors by id, alone or below ``authors``."""
    author = _model_schema(AuthorKeys)
    author["required"] = ["name"]
    definitions = author.pop("$defs", {})
    of_ids = {"type": "object", "additionalProperties": {"$ref": "#/$defs/author"}}
    return _finished(
        {
            "$defs": {**definitions, "author": author},
            "anyOf": [
                {
                    "type": "object",
                    "required": ["authors"],
                    "properties": {"authors": of_ids},
                    "additionalProperties": False,
                },
                {"not": {"required": ["authors"]}, **of_ids},
            ],
        },
        "authors",
        "Authors file",
    )


def options_schema() -> dict[str, Any]:
    """Return the schema of the options, as ``conf.py`` names them."""
    schema = _model_schema(Options)
    schema["properties"] = {
        f"{PREFIX}{name}": {**value, "default": default(name)} for name, value in schema["properties"].items()
    }
    return _finished(schema, "options", "Options of the blog")


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "front-matter": front_matter_schema,
    "authors": authors_schema,
    "options": options_schema,
}
"""The schemas by name."""


def _model_schema(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=False, mode="validation")
    schema.pop("title", None)
    schema.pop("description", None)
    properties = {}
    for name, found in schema["properties"].items():
        written = {key: value for key, value in found.items() if key not in _NO_HELP}
        if text := _description(model, name):
            written["description"] = text
        usual, *others = aliases(model, name)
        properties[usual] = written
        for other in others:
            properties[other] = {**written, "description": f"As `{usual}`. {text}".strip()}
    return {**schema, "properties": properties}


def _description(model: type[BaseModel], field: str) -> str:
    """Return what is said of a field: in its description, or in the text below it."""
    if text := model.model_fields[field].description:
        return text
    return " ".join(_docstrings(model).get(field, "").split())


def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    import ast
    import inspect
    import textwrap

    (made,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    found: dict[str, str] = {}
    statements = made.body if isinstance(made, ast.ClassDef) else []
    for statement, below in pairwise(statements):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            found[statement.target.id] = str(below.value.value)
    return found


def _finished(schema: dict[str, Any], name: str, title: str) -> dict[str, Any]:
    whole = {"$schema": _DIALECT, "$id": f"{BASE}/{name}.json", "title": title, **schema}
    return {key: _with_yaml_dates(value) for key, value in whole.items()}


def _with_yaml_dates(value: Any) -> Any:
    """Return a part of a schema in which dates are what YAML takes for dates; the formats of JSON allow fewer."""
    if isinstance(value, list):
        items = [_with_yaml_dates(item) for item in value]
        return [item for index, item in enumerate(items) if item not in items[:index]]
    if isinstance(value, dict):
        if value.get("format") in {"date", "date-time"}:
            return {key: item for key, item in value.items() if key != "format"} | {"pattern": _DATE}
        return {key: _with_yaml_dates(item) for key, item in value.items()}
    return value
