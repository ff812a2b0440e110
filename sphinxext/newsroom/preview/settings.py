"""What is previewed, and where its output is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class PreviewSettings:
    """The settings of one preview, which processes receive as JSON."""

    source: Path
    confdir: Path
    output: Path
    """The folder of builds: outputs, doctrees and provisional pages."""
    builder: str = "dirhtml"
    drafts: bool = True

    @property
    def pages(self) -> Path:
        """The output of builds."""
        return self.output / "pages"

    @property
    def doctrees(self) -> Path:
        """The cache of builds."""
        return self.output / "doctrees"

    @property
    def provisional(self) -> Path:
        """The pages that are shown until the next build has written them."""
        return self.output / "provisional"

    def as_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {name: str(value) if isinstance(value, Path) else value for name, value in asdict(self).items()}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> PreviewSettings:
        """Return the settings of plain data.

        :param data: the data.
        """
        paths = {name: Path(data[name]) for name in ("source", "confdir", "output")}
        return cls(**paths, builder=data["builder"], drafts=data["drafts"])
