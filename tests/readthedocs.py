"""Build the documentation as Read the Docs does: a copy of the project, its variables, the commands of its file.

``python tests/readthedocs.py external`` builds it as it is built for a pull request.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

PROJECT = Path(__file__).parent.parent
CANONICAL_URL = "https://newsroom.example/en/latest/"
JOBS = [
    f"{when}{job}"
    for job in ("checkout", "system_dependencies", "create_environment", "install", "build")
    for when in ("pre_", "", "post_")
]
NETWORK = ("PIP_", "SSL_", "REQUESTS_CA", "HTTP_", "HTTPS_", "NO_PROXY", "http_", "https_", "no_proxy")
"""How this machine reaches the package index is all that is taken from its environment."""


def main(version_type: str = "branch") -> None:
    """Run the commands, and check that the site exists and uses the given URL."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        checkout = home / "checkout"
        shutil.copytree(
            PROJECT, checkout, ignore=shutil.ignore_patterns(".git", ".nox", ".venv", ".*_cache", "_build", "dist")
        )
        environment = {name: value for name, value in os.environ.items() if name.startswith(NETWORK)} | {
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
            "READTHEDOCS": "True",
            "READTHEDOCS_CANONICAL_URL": CANONICAL_URL,
            "READTHEDOCS_LANGUAGE": "en",
            "READTHEDOCS_OUTPUT": str(checkout / "_readthedocs"),
            "READTHEDOCS_PROJECT": "sphinxext-newsroom",
            "READTHEDOCS_VERSION": "17" if version_type == "external" else "latest",
            "READTHEDOCS_VERSION_NAME": "17" if version_type == "external" else "latest",
            "READTHEDOCS_VERSION_TYPE": version_type,
            "READTHEDOCS_VIRTUALENV_PATH": str(home / "envs" / "latest"),
        }
        jobs = yaml.safe_load((checkout / ".readthedocs.yaml").read_text(encoding="utf-8"))["build"]["jobs"]
        for job in JOBS:
            commands = jobs.get(job, [])
            for command in commands["html"] if job == "build" else commands:
                subprocess.run(["/bin/sh", "-exc", command], cwd=checkout, env=environment, check=True)

        for page in ("index.html", "news/index.html"):
            html = (checkout / "_readthedocs" / "html" / page).read_text(encoding="utf-8")
            if (f'rel="canonical" href="{CANONICAL_URL}' in html) == (version_type == "external"):
                sys.exit(f"{page}: {CANONICAL_URL} has to be its canonical URL, but not in a preview")


if __name__ == "__main__":
    main(*sys.argv[1:])
