"""Topics of EDAM, the ontology of bioinformatics, where the package ``edam-ontology`` is installed."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE, FILE = "edam_ontology", "EDAM.tsv"
TOPIC = "http://edamontology.org/topic_"


@cache
def edam_topics() -> Mapping[str, str]:
    """Return the names of all topics by their URIs, empty where the ontology is not installed."""
    if find_spec(PACKAGE) is None:
        return {}
    import csv
    from importlib import resources

    topics = {}
    with (resources.files(PACKAGE) / FILE).open(encoding="utf-8") as stream:
        names = stream.readline().rstrip("\n").split("\t")
        label, obsolete = names.index("Preferred Label"), names.index("Obsolete")
        for line in stream:
            # Most of the file is about other things.
            if line.startswith(TOPIC) and (row := next(csv.reader([line], delimiter="\t")))[obsolete] != "TRUE":
                topics[row[0]] = row[label]
    return topics


@cache
def edam_uris() -> Mapping[str, str]:
    """Return the URIs of all topics by their names in lower case."""
    return {name.casefold(): uri for uri, name in edam_topics().items()}
