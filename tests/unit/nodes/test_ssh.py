"""SFTP / SSH, against a server of this machine."""

from __future__ import annotations

import asyncssh
import pytest

from headrace_sdk import Item, NodeError, SecretError, UpstreamError, UserError
from headrace_sdk.testing import LocalNet, MemoryFiles, make_credential, run_node
from nodes.credentials.ssh import Ssh as SshCredential
from nodes.files.ssh import Ssh
from tests.support.ssh_server import ssh_server

PASSWORD = "canary-51aa"
KEY = asyncssh.generate_private_key("ssh-ed25519")


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    public = KEY.export_public_key().decode()
    with ssh_server(tmp_path_factory.mktemp("machine"), password=PASSWORD, key=public) as machine:
        yield machine


def act(machine, operation, items=({},), *, files=None, credential=None, **params):
    given = {"password": PASSWORD, "host_key": machine.host_key, **(credential or {})}
    chosen = make_credential(
        SshCredential, host="files.test", port=machine.port, user="ann", **given
    )
    return run_node(
        Ssh,
        {"operation": operation, **params},
        items,
        credentials={"machine": chosen},
        net=LocalNet({machine.port}),
        files=files,
    )


def test_a_file_is_stored_whole_listed_fetched_and_deleted(machine):
    files = MemoryFiles()
    file = files.add(b"\x00" * 300_000, name="x", mime="text/plain")

    stored = act(machine, "put", [Item({}, {"data": file})], files=files, path="/new/März.bin")
    listed = act(machine, "list", path="/new").json()
    fetched = act(machine, "get", files=files, path="/new/März.bin")
    deleted = [act(machine, "delete", path="/new/März.bin").json()[0]["deleted"] for _ in range(2)]

    assert stored.json() == [{"path": "/new/März.bin", "size": 300_000}]
    assert [(one["name"], one["size"], one["is_folder"]) for one in listed] == [
        ("März.bin", 300_000, False)
    ]
    assert fetched.outputs["main"][0].binary["data"].sha256 == file.sha256
    assert deleted == [True, False]


def test_a_file_that_is_stored_again_replaces_the_old_one(machine):
    files = MemoryFiles()
    for content in (b"long and old", b"new"):
        file = files.add(content, name="x", mime="text/plain")
        act(machine, "put", [Item({}, {"data": file})], files=files, path="/again.txt")

    assert (machine.root / "again.txt").read_bytes() == b"new"
    assert not list(machine.root.glob("*.part-*"))


def test_a_key_signs_in(machine):
    private = KEY.export_private_key().decode()

    assert (
        act(machine, "list", path="/", credential={"password": "", "private_key": private}).json()
        is not None
    )


def test_a_command_gets_input_and_arguments_that_stay_what_they_are(machine):
    assert act(machine, "run", command="cat", given="Grüße").json() == [
        {"status": 0, "out": "Grüße", "err": ""}
    ]
    assert (
        act(machine, "run", command="echo", arguments=["a b", "; rm -rf /", "$(id)"]).json()[0][
            "out"
        ]
        == "echo 'a b' '; rm -rf /' '$(id)'\n"
    )


def test_a_command_that_fails_fails_the_item_or_is_told(machine):
    with pytest.raises(NodeError, match="ended with 3: it broke") as caught:
        act(machine, "run", command="fail")

    assert caught.value.code == "exit_status"
    assert act(machine, "run", command="fail", fail_on_status=False).json() == [
        {"status": 3, "out": "", "err": "it broke\n"}
    ]


def test_a_command_that_never_ends_is_left(machine):
    with pytest.raises(UserError) as caught:
        act(machine, "run", command="hang", limit_s=0.1)

    assert caught.value.code == "command_timeout"


@pytest.mark.parametrize(
    ("credential", "code"),
    [
        ({"host_key": ""}, "host_key_missing"),
        ({"host_key": "nonsense"}, "host_key_missing"),
        ({"host_key": KEY.export_public_key().decode()}, "host_key_differs"),
        ({"password": "wrong-77d0"}, "credential_refused"),
        ({"private_key": "nonsense"}, "credential_refused"),
    ],
)
def test_nothing_is_said_to_a_machine_that_is_not_known_or_knows_us_not(machine, credential, code):
    with pytest.raises(SecretError) as caught:
        act(machine, "list", path="/", credential=credential)

    assert caught.value.code == code
    assert "wrong-77d0" not in caught.value.message


def test_a_host_key_may_be_a_line_of_known_hosts(machine):
    line = f"[files.test]:22 {machine.host_key} comment"

    assert act(machine, "run", command="x", credential={"host_key": line}).json()[0]["status"] == 0


@pytest.mark.parametrize(
    ("operation", "params", "code"),
    [
        ("get", {"path": "/missing"}, "sftp_no_such_file"),
        ("list", {"path": "/missing"}, "sftp_no_such_file"),
        ("get", {"path": ""}, "invalid_parameter"),
        ("put", {"path": "/x"}, "no_file"),
        ("run", {"command": " "}, "invalid_parameter"),
    ],
)
def test_what_cannot_be_done_is_said(machine, operation, params, code):
    with pytest.raises(NodeError) as caught:
        act(machine, operation, **params)

    assert (caught.value.code, caught.value.item) == (code, 0)


def test_a_file_that_is_too_large_is_not_fetched(machine):
    (machine.root / "large").write_bytes(b"x" * 200_000)

    with pytest.raises(NodeError) as caught:
        act(machine, "get", path="/large", max_mib=0.1)

    assert caught.value.code == "too_large"


def test_a_machine_that_is_away_was_sent_nothing(machine):
    away = type(machine)(1, machine.host_key, machine.root)

    with pytest.raises(UpstreamError) as caught:
        act(away, "run", command="x")

    assert caught.value.sent == "no"
