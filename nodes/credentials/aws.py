"""Keys for S3, of Amazon or of whoever speaks its protocol."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from headrace_sdk import Credential, CredentialType, HttpResponse, Params, Probe, SecretError
from headrace_sdk.aws_signature import AwsKeys, signed_headers
from nodes.credentials.form import TEST_LIMIT_S, plain, secret

OK = 200


class Fields(Params):
    """What it consists of."""

    access_key: str = plain("Access key id", half=True)
    secret_key: str = secret("Secret access key", half=True)
    session_token: str = secret("Session token", "", help="Only for keys that expire.")
    region: str = plain("Region", "us-east-1", half=True)
    endpoint: str = plain(
        "Address",
        "",
        help="Empty: Amazon's own. Else that of a server with the same protocol.",
        placeholder="https://s3.example.com",
        half=True,
    )


class Aws(CredentialType):
    """Requests are signed one by one; nothing is put on them beforehand."""

    id = "aws"
    title = "S3 (AWS keys)"
    documentation = "Access key and secret for Amazon S3 or a server with its protocol."
    Fields = Fields

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """List the buckets. The time to sign with is the server's own."""
        values = credential.values
        base = values["endpoint"] or f"https://s3.{values['region']}.amazonaws.com"
        url = f"{base.rstrip('/')}/"
        keys = AwsKeys(
            values["access_key"],
            credential.secrets["secret_key"].reveal(),
            values["region"],
            credential.secrets["session_token"].reveal(),
        )
        first = await probe.http.request("HEAD", url, timeout_s=TEST_LIMIT_S)
        headers = signed_headers(keys, "GET", url, at=_time_of(first))
        answer = await probe.http.request("GET", url, headers=headers, timeout_s=TEST_LIMIT_S)
        if answer.status != OK:
            message = f"The server refused the keys: {_code(answer)} (status {answer.status})."
            raise SecretError(message, code="credential_refused")
        return f"The keys are valid; {answer.text.count('<Bucket>')} buckets are visible."


def _time_of(answer: HttpResponse) -> datetime:
    try:
        return parsedate_to_datetime(answer.headers.get("date", "")).astimezone(UTC)
    except ValueError:
        message = "The address does not answer like an S3 server. Check it."
        raise SecretError(message, code="unexpected_answer") from None


def _code(answer: HttpResponse) -> str:
    return answer.text.partition("<Code>")[2].partition("</Code>")[0][:60] or "no reason given"
