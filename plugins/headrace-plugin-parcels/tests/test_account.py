"""The credential type."""

from __future__ import annotations

import pytest
from headrace_plugin_parcels.account import ParcelwiseAccount

from headrace_sdk import SecretError
from headrace_sdk.testing import live_http, try_credential

HTTP = live_http(ParcelwiseAccount)


def test_the_test_button_says_whose_account_it_is(parcelwise):
    said = try_credential(ParcelwiseAccount, parcelwise.account(), http=HTTP)

    assert said == "Connected to the account of Acme."


def test_a_refused_token_is_an_error_that_says_what_to_do(parcelwise):
    with pytest.raises(SecretError, match="Make a new one") as caught:
        try_credential(ParcelwiseAccount, parcelwise.account("bad"), http=HTTP)

    assert "bad" not in caught.value.message.split()


def test_token_and_signing_secret_are_never_shown():
    assert ParcelwiseAccount.secret_fields() == {"token", "secret"}
