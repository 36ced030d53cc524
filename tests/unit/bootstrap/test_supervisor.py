"""The configuration that supervisord gets."""

from __future__ import annotations

import configparser
from pathlib import Path

from headrace_bootstrap import programs
from headrace_bootstrap.home import Home
from headrace_bootstrap.supervisor import configuration


def _parsed(home: Home) -> configparser.RawConfigParser:
    servers = (
        programs.database(["postgres", "-c", "log_line_prefix=%m"]),
        programs.broker(["valkey-server", "a b.conf"]),
    )
    parsed = configparser.RawConfigParser()
    parsed.read_string(configuration(home, [*servers, *programs.applications("127.0.0.1", 8000)]))
    return parsed


def test_every_program_is_restarted_whenever_it_ends(tmp_path: Path):
    parsed = _parsed(Home(tmp_path))

    sections = [name for name in parsed.sections() if name.startswith("program:")]
    assert len(sections) == 6
    assert all(parsed[name]["autorestart"] == "true" for name in sections)


def test_servers_start_first_and_therefore_stop_last(tmp_path: Path):
    parsed = _parsed(Home(tmp_path))

    ranks = {name: int(parsed[f"program:{name}"]["priority"]) for name in _names()}
    assert sorted(ranks, key=ranks.__getitem__) == _names()


def test_only_the_servers_start_before_the_database_is_prepared(tmp_path: Path):
    parsed = _parsed(Home(tmp_path))

    starting = [name for name in _names() if parsed[f"program:{name}"]["autostart"] == "true"]
    assert starting == ["database", "broker"]


def test_words_and_percent_signs_of_a_command_line_survive(tmp_path: Path):
    parsed = _parsed(Home(tmp_path))

    assert parsed["program:database"]["command"] == "postgres -c log_line_prefix=%%m"
    assert parsed["program:broker"]["command"] == "valkey-server 'a b.conf'"


def _names() -> list[str]:
    return [programs.DATABASE, programs.BROKER, *programs.APPLICATIONS]
