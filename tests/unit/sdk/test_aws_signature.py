"""AWS's own example, from "Signature calculations for the Authorization header" of the S3 API."""

from __future__ import annotations

from datetime import UTC, datetime

from headrace_sdk.aws_signature import AwsKeys, signed_headers


def test_the_published_example_of_a_listing_has_the_published_signature():
    keys = AwsKeys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")

    headers = signed_headers(
        keys,
        "GET",
        "https://examplebucket.s3.amazonaws.com/",
        at=datetime(2013, 5, 24, tzinfo=UTC),
        query=[("prefix", "J"), ("max-keys", "2")],
    )

    assert headers["authorization"].endswith(
        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    )
