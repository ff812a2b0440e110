"""The frame of the command: exit codes, messages of one line, what a terminal is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from unittest import mock

import pytest

from sphinxext.newsroom import __version__
from sphinxext.newsroom.cli import console, main

POST = "---\ndate: 2024-01-31\n---\n\n# One\n"


def test_a_site_without_problems_ends_with_0(site, run):
    site({"blog/posts/one.md": POST})
    assert run("check").exit_code == 0


def test_problems_end_with_1(site, run):
    site({"blog/posts/one.md": "# No date\n"})
    assert run("check").exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--wrong"],
        ["chekc"],
        ["check", "--format", "html"],
        ["check", "--diff"],
        ["check", "--select", "dat"],
        ["check", "nothing.md"],
        ["check", "--source", "nowhere"],
    ],
)
def test_a_wrong_command_line_ends_with_2_and_one_line(site, run, arguments):
    site({})
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("newsroom: ")
    assert result.stderr.count("\n") == 1


def test_a_command_that_is_misspelt_is_suggested(site, run):
    site({})
    assert "'check'" in run("chekc").stderr


def test_no_site_ends_with_3(tmp_path, monkeypatch, run):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    result = run("check")
    assert result.exit_code == 3
    assert "there is no site" in result.stderr


@pytest.mark.parametrize(
    ("conf", "said"),
    [
        ("x = (", "conf.py:2: '(' was never closed"),
        ("\n1 / 0\n", "conf.py:3: ZeroDivisionError: division by zero"),
        ("import sys; sys.exit(1)", "calls sys.exit()"),
        ("import nothing_that_there_is", "ModuleNotFoundError"),
    ],
)
def test_a_conf_that_cannot_be_run_ends_with_3_and_its_line(site, run, conf, said):
    site({}, conf=conf)
    result = run("check")
    assert result.exit_code == 3
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr


def test_a_mistake_in_the_program_ends_with_3_and_no_traceback(site, run):
    site({})
    with mock.patch("sphinxext.newsroom.cli.locate.find_site", side_effect=RuntimeError("two\nlines")):
        result = run("check")
    assert result.exit_code == 3
    assert "RuntimeError: two lines" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_mistake_shows_its_place_on_request(site, run, monkeypatch):
    site({})
    monkeypatch.setenv(main.TRACEBACK, "1")
    with mock.patch("sphinxext.newsroom.cli.locate.find_site", side_effect=RuntimeError("wrong")):
        assert "Traceback" in run("check").stderr


def test_interrupted_ends_with_130(site, run):
    site({})
    with mock.patch("sphinxext.newsroom.cli.locate.find_site", side_effect=KeyboardInterrupt):
        assert run("check").exit_code == 130


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_ends_the_process_with_130(site):
    root = site({}, conf="import time\nopen('started', 'w').close()\ntime.sleep(60)\n")
    process = subprocess.Popen([sys.executable, "-m", "sphinxext.newsroom", "check"], stderr=subprocess.PIPE)
    while not (root / "started").exists():
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in said


def test_what_conf_prints_is_not_part_of_the_report(site, run):
    site({}, conf="print('hello')\nextensions = ['sphinxext.newsroom']\n")
    result = run("check", "--format", "json")
    assert "hello" not in result.stdout
    assert "hello" in result.stderr


def test_the_version_is_told(run):
    assert run("--version").stdout == f"{__version__}\n"


def test_each_command_has_a_help_with_examples(run):
    assert run("--help").exit_code == 0
    for name in main.COMMANDS:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert f"newsroom {name}" in result.stdout.partition("For example:")[2]


def test_no_command_shows_the_help(run):
    result = run()
    assert result.exit_code == 2
    assert "check" in result.output


def test_the_command_starts_without_sphinx(site):
    site({"blog/posts/one.md": POST})
    script = (
        "import sys\nfrom sphinxext.newsroom.cli.main import app\n"
        "try:\n    app(['check'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('sphinx.config', 'sphinx.environment', 'docutils', 'myst_parser', 'ablog')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("environment", "is_terminal", "fancy"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ],
)
def test_colours_are_for_terminals_that_want_them(monkeypatch, environment, is_terminal, fancy):
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with mock.patch("sys.stdout.isatty", return_value=is_terminal):
        assert console.is_fancy() is fancy


def test_only_the_command_that_is_asked_for_is_loaded(site):
    site({"blog/posts/one.md": POST})
    script = (
        "import sys\nfrom sphinxext.newsroom.cli.main import main\nsys.argv = ['newsroom', 'check']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([name for name in sys.modules if name.endswith('_command')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['sphinxext.newsroom.cli.commands.check_command']"
