"""Read the data files of an old site: whatever is wrong with one is an ``OSError``."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import yaml

from sphinxext.newsroom.utils.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class DataFileError(OSError):
    """A file whose content cannot be read; the message says why."""


def parse_yaml(content: bytes) -> Any:
    """Return the data in YAML, of which JSON is a part.

    :param content: the content of a file.
    """
    return yaml.safe_load(content.decode("utf-8-sig"))


def parse_toml(content: bytes) -> dict[str, Any]:
    """Return the data in TOML.

    :param content: the content of a file.
    """
    return tomllib.loads(content.decode("utf-8-sig"))


def read_data(file: Path, parse: Callable[[bytes], Any] = parse_yaml) -> Any:
    """Return what a file contains.

    :param file: the file.
    :param parse: reads its content.
    :raises OSError: when it is not there or cannot be read, or when its content cannot.
    """
    content = read_bytes(file)
    try:
        return parse(content)
    except (ValueError, SyntaxError, yaml.YAMLError, RecursionError) as error:
        raise DataFileError(str(error)) from error
