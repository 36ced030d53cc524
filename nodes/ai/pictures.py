"""Pictures of an item, to be shown to a model."""

from __future__ import annotations

from typing import Final

from headrace_sdk import Context, FileRef, Item, UserError
from headrace_sdk.llm import Image

KINDS: Final = frozenset(("image/png", "image/jpeg", "image/webp", "image/gif"))
MOST_BYTES: Final = 5 * 1024 * 1024
"""Anthropic's limit for one picture; others take more."""

MOST: Final = 20


async def pictures(ctx: Context, item: Item, index: int) -> list[Image]:
    """Every picture that the item carries.

    Raises:
        UserError: there are too many, or one is too large.
    """
    found = [file for file in (item.binary or {}).values() if file.mime in KINDS]
    if len(found) > MOST:
        message = f"The item has {len(found)} pictures; a model is shown at most {MOST}."
        raise UserError(message, field="images", item=index)
    return [await _picture(ctx, file, index) for file in found]


async def _picture(ctx: Context, file: FileRef, index: int) -> Image:
    if file.size > MOST_BYTES:
        message = f'"{file.name}" is larger than {MOST_BYTES >> 20} MB. Make it smaller first.'
        raise UserError(message, field="images", item=index)
    return Image(file.mime, await ctx.files.read(file))
