"""What the gate makes of addresses and bodies."""

from __future__ import annotations

import pytest

from headrace.triggers import paths
from headrace.triggers.gate.body import Unreadable, parse

KIND = "multipart/form-data; boundary=b"
WHOLE = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n'


def test_an_address_with_nul_matches_nothing() -> None:
    """R-051: PostgreSQL could not even be asked."""
    assert paths.candidates("orders\0") == []


def test_a_whole_multipart_body_is_read() -> None:
    """What the refusals below are measured against."""
    assert parse(WHOLE, KIND, keep_raw=False).value == {"a": "1"}


@pytest.mark.parametrize("size", range(1, len(WHOLE) - 4))
def test_a_multipart_body_that_is_cut_off_is_refused(size: int) -> None:
    """Half a form is no form."""
    with pytest.raises(Unreadable):
        parse(WHOLE[:size], KIND, keep_raw=False)
