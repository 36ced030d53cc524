"""docker-compose.yml and Dockerfile: no Docker engine is needed to see that they hold together."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from headrace.conf.env import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
APPLICATIONS = ("web", "worker", "scheduler")
SECRET = re.compile(r"PASSWORD|SECRET|VAULT_KEY")


def test_the_compose_file_satisfies_the_compose_specification():
    schema = files("check_jsonschema").joinpath("builtin_schemas", "vendor", "compose-spec.json")

    jsonschema.validate(COMPOSE, json.loads(schema.read_text(encoding="utf-8")))


@pytest.mark.parametrize("service", [*APPLICATIONS, "migrate"])
def test_every_setting_of_an_application_exists(service: str):
    known = {setting.name for setting in SETTINGS}

    assert set(COMPOSE["services"][service]["environment"]) <= known


@pytest.mark.parametrize("service", APPLICATIONS)
def test_every_setting_without_a_default_is_given(service: str):
    demanded = {setting.name for setting in SETTINGS if setting.default is None}

    assert demanded <= set(COMPOSE["services"][service]["environment"])


def test_no_secret_has_a_default():
    named = set(re.findall(r"(?<!\$)\$\{(\w+)([^}]*)\}", COMPOSE_TEXT))

    assert named
    optional = {"HEADRACE_VAULT_OLD_KEYS"}
    defaulted = {
        name
        for name, rest in named
        if SECRET.search(name) and not rest.startswith(":?") and name not in optional
    }
    assert defaulted == set()


def test_no_secret_is_written_down():
    written = [
        (name, key)
        for name, service in COMPOSE["services"].items()
        for key, value in service.get("environment", {}).items()
        if SECRET.search(key) and not value.startswith("${")
    ]

    assert written == []


@pytest.mark.parametrize("service", [*APPLICATIONS, "postgres", "redis"])
def test_every_lasting_service_is_watched_restarted_and_given_time_to_stop(service: str):
    facts = COMPOSE["services"][service]

    assert facts["healthcheck"]["test"]
    assert facts["restart"] == "unless-stopped"
    assert facts["stop_grace_period"] == "45s"


def test_what_must_outlive_a_container_is_on_a_volume():
    mounted = {
        volume.partition(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service.get("volumes", [])
    }

    assert mounted == set(COMPOSE["volumes"])


def test_only_the_web_service_is_reachable_and_from_this_host_alone():
    published = {
        name: service["ports"]
        for name, service in COMPOSE["services"].items()
        if "ports" in service
    }

    assert list(published) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in published["web"])


def test_the_image_does_not_run_as_root():
    users = re.findall(r"(?m)^USER (\S+)$", DOCKERFILE)

    assert users
    assert users[-1] not in {"root", "0"}


def test_everything_that_the_image_copies_exists_and_is_not_ignored():
    copied = re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", DOCKERFILE)
    sources = {source for line in copied for source in line.split()}
    let_through = set(re.findall(r"(?m)^!(\S+)$", (ROOT / ".dockerignore").read_text("utf-8")))

    missing = [source for source in sources if not (ROOT / source).exists()]

    assert missing == []
    assert {source.split("/")[0] for source in sources} <= let_through
