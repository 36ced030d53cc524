"""The home directory: who may use it, its sockets and locks."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.home import Home
from headrace_bootstrap.project import ROOT


def test_the_home_is_beside_manage_py_unless_the_environment_names_one(tmp_path: Path):
    assert Home.of({}).path == ROOT / ".headrace"
    assert Home.of({"HEADRACE_HOME": str(tmp_path)}).path == tmp_path


def test_nobody_else_may_look_into_a_home(tmp_path: Path):
    home = Home(tmp_path / "home")

    home.create()

    assert stat.S_IMODE(home.path.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a directory of somebody else's")
def test_a_home_of_another_account_is_refused_by_name(tmp_path: Path):
    foreign = tmp_path / "home"
    foreign.mkdir()
    os.chown(foreign, 12345, -1)

    with pytest.raises(BootstrapError, match="user id 12345") as caught:
        Home(foreign).create()

    assert caught.value.code == "other_account"


def test_a_long_path_does_not_make_the_control_socket_too_long_to_bind(tmp_path: Path):
    home = Home(tmp_path / ("x" * 100))

    folder = home.control_socket.parent

    assert len(str(home.control_socket)) <= 90
    assert not folder.exists()
    with home.control_folder():
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()


def test_a_lock_is_held_by_one_and_shared_by_many(tmp_path: Path):
    home = Home(tmp_path)
    first, second = home.lock("x"), home.lock("x")

    assert first.take_now()
    assert not second.take_now()
    first.share()
    second.share()
    assert not second.take_now()
    first.release()
    assert second.take_now()
    second.release()
