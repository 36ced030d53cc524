"""Finds what should not pass: personal data, secrets, attempts at instructions, addresses.

Checksums decide where there are some: card numbers by Luhn (ISO/IEC 7812-1), IBANs by mod 97
(ISO 13616). The rest are shapes, each with a bound on its length: no text can make them slow.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Finding:
    """Something at a place of the text; `kind` says what."""

    check: str
    kind: str
    start: int
    end: int


Rule = tuple[str, re.Pattern[str], Callable[[str], bool]]


def _always(_: str) -> bool:
    return True


def is_card(text: str) -> bool:
    """Luhn's checksum over 13 to 19 digits, not all the same."""
    digits = [int(one) for one in text if one.isdigit()]
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    doubled = [digit * 2 for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(one - 9 if one > 9 else one for one in doubled)) % 10 == 0


def is_iban(text: str) -> bool:
    """Mod 97 over the rearranged number."""
    plain = "".join(text.split()).upper()
    if not 15 <= len(plain) <= 34:
        return False
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(one, 36)) for one in moved)) % 97 == 1


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_phone(text: str) -> bool:
    return 8 <= sum(one.isdigit() for one in text) <= 15


def _is_random(text: str) -> bool:
    """More than 3.5 bits a character, and letters with digits: a key, not a word."""
    value = re.split(r"[=:]", text, maxsplit=1)[-1].strip(" \"'")
    if len(value) < 16 or not (re.search(r"\d", value) and re.search(r"[A-Za-z]", value)):
        return False
    counts = Counter(value).values()
    return -sum(n / len(value) * math.log2(n / len(value)) for n in counts) > 3.5


def _rule(kind: str, pattern: str, holds: Callable[[str], bool] = _always, flags: int = 0) -> Rule:
    return kind, re.compile(pattern, re.ASCII | flags), holds


_PERSONAL: Final[Sequence[Rule]] = (
    _rule("email", r"\b[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}\b"),
    _rule("iban", r"\b[A-Z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,3})?\b", is_iban),
    _rule("card", r"(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])", is_card),
    _rule("us_ssn", r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])"),
    _rule("ip", r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])", _is_ip),
    _rule(
        "phone",
        r"(?<![\w+])(?<!\d[ .-])(?:\+|00)[1-9]\d{0,2}(?:[ ./-]?\(?\d{1,5}\)?){2,6}(?!\w)",
        _is_phone,
    ),
)
_SECRETS: Final[Sequence[Rule]] = (
    _rule(
        "private_key",
        r"-----BEGIN (?:[A-Z]{2,12} ){0,2}PRIVATE KEY-----"
        r"(?:[^-]{0,20000}-----END [A-Z ]{1,40}-----)?",
    ),
    _rule("aws_key", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    _rule("github_token", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\b"),
    _rule("slack_token", r"\bxox[abprs]-[A-Za-z0-9-]{10,250}"),
    _rule("api_key", r"\b(?:sk|rk|pk)[-_](?:[A-Za-z]{2,10}[-_]){0,2}[A-Za-z0-9_-]{16,200}"),
    _rule("google_key", r"\bAIza[A-Za-z0-9_-]{35}"),
    _rule("headrace_key", r"\bhr_[A-Za-z0-9]{6,20}_[A-Za-z0-9_-]{16,100}"),
    _rule("jwt", r"\beyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{0,2000}"),
    _rule("password_in_url", r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,100}:[^\s/@]{1,200}@"),
    _rule(
        "assigned_secret",
        r"\b(?:password|passwd|secret|token|api_?key)\b[\"']?\s{0,3}[=:]\s{0,3}[\"']?"
        r"[A-Za-z0-9_+/=.-]{16,200}",
        _is_random,
        re.IGNORECASE,
    ),
)
_INJECTION: Final[Sequence[Rule]] = (
    _rule(
        "override",
        r"\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier"
        r"|all|any|your|the)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules?|guidelines?|directions?)\b",
        flags=re.IGNORECASE,
    ),
    _rule(
        "prompt_theft",
        r"\b(?:reveal|print|show|repeat|output|leak|tell me)\b[^.\n]{0,40}\b(?:system prompt|your "
        r"(?:instructions|prompt|rules)|hidden (?:prompt|instructions))\b",
        flags=re.IGNORECASE,
    ),
    _rule(
        "new_role",
        r"\b(?:you are now|from now on,? you|act as|pretend (?:to be|you are))\b"
        r"[^.\n]{0,40}"
        r"\b(?:dan|jailbroken|unrestricted|developer mode"
        r"|no (?:rules|restrictions|filters)|without (?:rules|restrictions|filters))\b",
        flags=re.IGNORECASE,
    ),
    _rule(
        "chat_markup",
        r"<\|(?:im_start|im_end|system|assistant|user|endoftext)\|>|\[/?INST\]|<</?SYS>>"
        r"|^\s{0,3}#{2,3} ?(?:system|instruction)s?\b",
        flags=re.IGNORECASE | re.MULTILINE,
    ),
    (
        "hidden_text",
        re.compile(
            r"[\U000e0020-\U000e007f]{2,}|[\u200b\u200c\u2060\u202a-\u202e\u2066-\u2069]{3,}"
        ),
        _always,
    ),
)
_RULES: Final = {"personal": _PERSONAL, "secrets": _SECRETS, "injection": _INJECTION}
_URL: Final = re.compile(
    r"\b(?:https?|ftp|javascript|data)://?[^\s<>\"')\]]{1,2000}", re.IGNORECASE
)


def findings(text: str, checks: Sequence[str]) -> Iterator[Finding]:
    """What the named checks (`personal`, `secrets`, `injection`) find, in no order."""
    for check in checks:
        for kind, pattern, holds in _RULES.get(check, ()):
            for match in pattern.finditer(text):
                if holds(match[0]):
                    yield Finding(check, kind, match.start(), match.end())


def foreign_addresses(text: str, allowed: Sequence[str]) -> Iterator[Finding]:
    """Addresses of hosts that are not in the list, and of no host at all. `*.` names subdomains."""
    for match in _URL.finditer(text):
        host = _host(match[0])
        if not any(_is_within(host, one.strip().lower()) for one in allowed):
            yield Finding("urls", host or "no_host", match.start(), match.end())


def words_in(text: str, words: Sequence[str]) -> Iterator[Finding]:
    """Whole words, whatever their case."""
    for word in words:
        if word.strip():
            pattern = re.compile(rf"(?<!\w){re.escape(word.strip())}(?!\w)", re.IGNORECASE)
            for match in pattern.finditer(text):
                yield Finding("topics", word.strip(), match.start(), match.end())


def masked(text: str, found: Sequence[Finding]) -> str:
    """The text with the name of its kind in place of each finding; overlapping ones are one."""
    made: list[str] = []
    at = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= at:
            made += [text[at : one.start], f"[{one.kind if one.check != 'urls' else 'address'}]"]
        at = max(at, one.end)
    return "".join([*made, text[at:]])


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _is_within(host: str, allowed: str) -> bool:
    if allowed.startswith("*."):
        return host.endswith(allowed[1:]) or host == allowed[2:]
    return bool(host) and host == allowed
