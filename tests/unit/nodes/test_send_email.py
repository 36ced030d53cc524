"""Send E-mail, against a mail server of this machine."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from headrace_sdk import Item, Rate, SecretError, UpstreamError, UserError, Wake
from headrace_sdk.testing import (
    LocalNet,
    MemoryContext,
    MemoryCoordination,
    MemoryFiles,
    make_credential,
    run_node,
)
from headrace_sdk.testing.context import NOON
from nodes.credentials.smtp import Smtp
from nodes.messages.send_email import SendEmail
from tests.support.mail import mail_server

PASSWORD = "canary-88c1"


@pytest.fixture(scope="module")
def box_of_module():
    with mail_server(user="shop", password=PASSWORD) as box:
        yield box


@pytest.fixture
def box(box_of_module):
    box_of_module.taken.clear()
    box_of_module.answers.clear()
    box_of_module.connections = 0
    return box_of_module


def certificate(folder, name):
    """What a server shows that signed its certificate itself."""
    key = Ed25519PrivateKey.generate()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 1)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    signed = builder.not_valid_before(now).not_valid_after(now.replace(year=2099)).sign(key, None)
    (folder / "pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + signed.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "pem")
    return context


LETTER = {"sender": "Shop <shop@example.com>", "to": "ada@example.com", "subject": "Hi"}


def send(box, items=({},), *, password=PASSWORD, files=None, encryption="none", **params):
    given = {**LETTER, **params}
    credential = make_credential(
        Smtp, host="mail.test", port=box.port, encryption=encryption, user="shop", password=password
    )
    return run_node(
        SendEmail,
        given,
        items,
        credentials={"server": credential},
        net=LocalNet({box.port}),
        files=files,
    )


def test_text_and_html_arrive_as_two_ways_to_read_the_same(box):
    result = send(box, text="Grüße, Zoë.\n.\nA line with one dot.", html="<p>Grüße</p>")

    letter = box.letters[0]
    assert letter.get_body(("plain",)).get_content() == "Grüße, Zoë.\n.\nA line with one dot.\n"
    assert letter.get_body(("html",)).get_content() == "<p>Grüße</p>\n"
    assert result.json() == [
        {"message_id": letter["message-id"], "accepted": ["ada@example.com"], "refused": []}
    ]


def test_files_go_along_under_their_names(box):
    files = MemoryFiles()
    file = files.add(b"\x00\xffpdf", name="Rechnung März.pdf", mime="application/pdf")

    send(box, [Item({}, {"invoice": file})], files=files, text="See.", attachments=["invoice"])

    attached = list(box.letters[0].iter_attachments())
    assert [
        (one.get_filename(), one.get_content_type(), one.get_content()) for one in attached
    ] == [("Rechnung März.pdf", "application/pdf", b"\x00\xffpdf")]


def test_a_file_that_the_item_has_not_is_named(box):
    with pytest.raises(UserError, match="no file 'x'") as caught:
        send(box, attachments=["x"])

    assert (caught.value.code, caught.value.item) == ("no_file", 0)


def test_bcc_stands_on_the_envelope_only(box):
    send(
        box,
        to="Ada <ada@example.com>; bob@example.com",
        cc="c@example.com",
        bcc="d@example.com",
        reply_to="r@example.com",
    )

    letter = box.letters[0]
    assert box.taken[0].rcpt_tos == [
        "ada@example.com",
        "bob@example.com",
        "c@example.com",
        "d@example.com",
    ]
    assert (letter["to"], letter["cc"], letter["reply-to"]) == (
        "Ada <ada@example.com>, bob@example.com",
        "c@example.com",
        "r@example.com",
    )
    assert "d@example.com" not in letter.as_string()


def test_a_repeat_has_the_same_message_id_and_another_item_another_one(box):
    send(box, [{}, {}])
    send(box)

    first, second, again = [letter["message-id"] for letter in box.letters]
    assert first == again != second
    assert box.connections == 2  # one for each run, whatever the number of e-mails


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("subject", "Hi\r\nBcc: eve@example.com", "invalid_header"),
        ("subject", "Hi\u2028there", "invalid_header"),
        ("to", "ada@example.com\r\nBcc: eve@example.com", "invalid_address"),
        ("to", "ada@example.com> RCPT TO:<eve@example.com", "invalid_address"),
        ("to", '"a b"@example.com', "invalid_address"),
        ("to", "ada", "invalid_address"),
        ("to", " , ", "invalid_address"),
        ("cc", "a@b@c", "invalid_address"),
        ("sender", "a@example.com, b@example.com", "invalid_address"),
        ("reply_to", "x\x00@example.com", "invalid_address"),
    ],
)
def test_what_could_smuggle_a_header_or_is_no_address_is_refused(box, field, value, code):
    with pytest.raises(UserError) as caught:
        send(box, **{field: value})

    assert (caught.value.code, caught.value.field, box.taken) == (code, field, [])


def test_who_is_refused_is_told_and_the_others_get_it(box):
    box.answers["bob@example.com"] = "550 no such user"

    result = send(box, to="ada@example.com, bob@example.com").json()[0]

    assert result["accepted"] == ["ada@example.com"]
    assert result["refused"] == [
        {"address": "bob@example.com", "code": 550, "reason": "no such user"}
    ]


@pytest.mark.parametrize(("answer", "is_retryable"), [("450 later", True), ("550 never", False)])
def test_a_refusal_of_all_fails_and_is_worth_a_retry_if_it_is_for_now(box, answer, is_retryable):
    box.answers["ada@example.com"] = answer

    with pytest.raises(UpstreamError) as caught:
        send(box)

    error = caught.value
    assert (error.code, error.sent, error.is_retryable) == ("mail_refused", "no", is_retryable)


def test_a_connection_that_breaks_after_the_letter_leaves_it_open_whether_it_was_sent(box):
    box.answers["data"] = "hang up"

    with pytest.raises(UpstreamError) as caught:
        send(box)

    assert (caught.value.code, caught.value.sent) == ("connection_lost", "maybe")


def paced(box, *, free_tokens, wake=None):
    """Three letters at 6,000 a minute, where others have left so many places; and who was asked."""
    credential = make_credential(
        Smtp, host="mail.test", port=box.port, encryption="none", user="shop", password=PASSWORD
    )
    context = MemoryContext(
        net=LocalNet({box.port}),
        credentials={"server": credential},
        coordination=MemoryCoordination(free_tokens=free_tokens),
    )
    params = {**LETTER, "per_minute": 6_000}
    result = run_node(SendEmail, params, [{}, {}, {}], context=context, wake=wake)
    return result, credential, context.coordination.asked


def test_a_rate_is_shared_by_all_who_send_with_the_credential(box):
    _, credential, asked = paced(box, free_tokens=1)

    facts = {"wanted": 3, "rate": Rate(6_000, 60, 1), "waits": True, "scope": "tenant"}
    assert asked == [("take", f"send_email:{credential.id}", facts)]
    assert len(box.taken) == 3


def test_a_run_whose_turn_has_not_come_waits_until_its_first_letter_may_go(box):
    result, _, _ = paced(box, free_tokens=-99)

    assert result.suspension.until == NOON + timedelta(seconds=1)
    assert box.taken == []


def test_a_run_whose_turn_has_come_asks_for_no_further_places(box):
    _, _, asked = paced(box, free_tokens=0, wake=Wake("time"))

    assert (len(box.taken), asked) == (3, [])


def test_a_wrong_password_is_said_and_not_shown(box):
    with pytest.raises(SecretError) as caught:
        send(box, password="wrong-5d2e")

    assert caught.value.code == "credential_refused"
    assert "wrong-5d2e" not in caught.value.message


def test_nobody_is_asked_where_no_credential_is_chosen():
    with pytest.raises(SecretError, match="Choose a credential"):
        run_node(SendEmail, {"sender": "a@b.example", "to": "a@b.example", "subject": ""})


def test_a_server_that_is_away_was_sent_nothing(box):
    with pytest.raises(UpstreamError) as caught:
        send(box.__class__(port=1))

    assert caught.value.sent == "no"


def test_a_server_that_offers_no_encryption_is_told_nothing(box):
    with pytest.raises(UpstreamError) as caught:
        send(box, encryption="starttls")

    error = caught.value
    assert (error.code, error.sent, error.is_retryable) == ("unexpected_answer", "no", False)


def test_a_server_that_somebody_else_could_be_is_told_nothing(tmp_path):
    with mail_server(tls=certificate(tmp_path, "mail.test")) as other:
        with pytest.raises(UpstreamError) as caught:
            send(other, encryption="starttls")

        assert (caught.value.sent, other.taken) == ("no", [])
        assert "TLS" in caught.value.message
