"""The machine and the versions that a measurement belongs to."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("Sphinx", "docutils", "myst-parser", "pydata-sphinx-theme", "ablog", "sphinxext-newsroom")
_GIB = 1 << 30


def describe(material: str = "") -> dict[str, str]:
    """Return what a reader has to know to compare figures, in words.

    :param material: the Python that has Material for MkDocs, if it takes part.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIB
    described = {
        "Processor": _processor(),
        "Cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "Memory": f"{memory:.0f} GiB",
        "System": _system(),
        "Python": platform.python_version(),
        **{package: version(package) for package in PACKAGES},
    }
    if material:
        code = "from importlib.metadata import version; print(version('mkdocs-material'))"
        done = subprocess.run([material, "-c", code], capture_output=True, text=True, check=True)
        described["mkdocs-material"] = done.stdout.strip()
    return described


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"
