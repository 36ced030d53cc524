"""Renders templates, in the process that is made for it: the sandbox of Jinja is the first wall."""

from __future__ import annotations

from typing import Any, Final

from jinja2 import StrictUndefined, TemplateError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt

from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonValue

MAX_OUTPUT: Final = 4 * 1024 * 1024
"""Characters of one text."""
MAX_RANGE: Final = 100_000


def render(given: Any, content: bytes) -> tuple[JsonValue, bytes]:
    """`given` is `{"rows": [[template, data]…], "escape", "strict", "markdown"}`; the texts."""
    undefined = StrictUndefined if given["strict"] else Undefined
    environment = ImmutableSandboxedEnvironment(
        autoescape=given["escape"], undefined=undefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals = {"range": _range}
    known: dict[str, Any] = {}
    texts: list[JsonValue] = []
    for index, (source, data) in enumerate(given["rows"]):
        try:
            if source not in known:
                known[source] = environment.from_string(source)
            text = _joined(known[source].generate(data), index)
        except (TemplateError, ArithmeticError, LookupError) as error:
            raise _failed(error, index) from None
        except (TypeError, ValueError, AttributeError) as error:
            raise _failed(error, index) from None
        texts.append(
            MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
            if given["markdown"]
            else text
        )
    return texts, b""


def _range(*given: int) -> range:
    numbers = range(*given)
    if len(numbers) > MAX_RANGE:
        message = f"range gives at most {MAX_RANGE} numbers"
        raise ValueError(message)
    return numbers


def _joined(parts: Any, index: int) -> str:
    out: list[str] = []
    length = 0
    for part in parts:
        out.append(part)
        length += len(part)
        if length > MAX_OUTPUT:
            message = f"The text is longer than {MAX_OUTPUT // 2**20} million characters."
            raise UserError(message, field="template", code="text_too_long", item=index)
    return "".join(out)


def _failed(error: Exception, index: int) -> UserError:
    line = getattr(error, "lineno", None)
    where = f" in line {line}" if line else ""
    message = f"The template fails{where}: {error}."
    return UserError(message, field="template", code="template_failed", item=index)
