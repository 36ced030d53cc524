"""Waits until a person approves or rejects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final, Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    Outputs,
    Pair,
    Params,
    ParamSet,
    Port,
    Suspension,
    UserError,
    Wake,
    fields,
)
from headrace_sdk.summaries import shown
from nodes.human.card import shown_files
from nodes.human.correcting import Field, corrected, offered

YEAR_S: Final = 366 * 86_400
_ASSIGNEE: Final = re.compile(r"role:(owner|admin|member|viewer)|[^@\s]+@[^@\s]+", re.ASCII)


class Fact(Params):
    """One line of the card."""

    label: str = fields.text("Label", placeholder="Last 6 months", max_length=60, half=True)
    value: str = fields.text("Value", "", placeholder="4,120 on average", half=True)
    mark: Literal["none", "ok", "warn"] = fields.select(
        "Mark", "none", labels={"none": "None", "ok": "Fine", "warn": "Worth a look"}
    )


class Form(Params):
    """What is asked, who is asked, and until when."""

    title: str = fields.text(
        "Title", placeholder="Pay invoice 17?", help="One line for the list; 200 characters."
    )
    message: str = fields.textarea(
        "Message", "", help="What whoever decides has to know. They also see the items."
    )
    headline: str = fields.text(
        "Key figure",
        "",
        placeholder="5,903.44 EUR",
        help="The one number, or a few words, that matters most: the card shows it largest. "
        "120 characters.",
    )
    why: str = fields.textarea(
        "Why a person is asked",
        "",
        rows=2,
        placeholder="43 % above this vendor's usual invoice.",
        help="Stands out on the card; 1,000 characters.",
    )
    facts: list[Fact] = fields.rows(
        "Facts",
        add="Add fact",
        at_most=6,
        help="What to look at before deciding; 200 characters a value. None: the first plain "
        "values of the first item.",
    )
    documents: list[str] = fields.tags(
        "Files to show",
        at_most=20,
        placeholder="data",
        help="Names of the items' files; * stands for all, six at most. Pictures and text are "
        "seen on the card itself, anything else is downloaded from it.",
    )
    correctable: list[Field] = fields.rows(
        "Fields to correct",
        add="Add field",
        at_most=10,
        help="Whoever approves may change these fields of every item first; they go on with what "
        "was put in. A path such as address.city names a field inside another.",
    )
    assignees: list[str] = fields.tags(
        "Ask",
        at_most=50,
        help="E-mail addresses, or role:admin and the like, which stands for that role and those "
        "above. Nobody named: whoever may decide approvals.",
    )
    needs_reason: bool = fields.toggle(
        "Rejecting needs a reason", True, help="Approving never needs one."
    )
    is_risky: bool = fields.toggle(
        "Approving is risky",
        False,
        help="Whoever approves then has to hold the button; a swipe or a single key is not enough.",
    )
    is_bulk_safe: bool = fields.toggle(
        "May be decided in bulk",
        False,
        help="Several cards of this step can then be selected and answered at once; never risky "
        "ones.",
        advanced=True,
    )
    expires_s: float = fields.duration(
        "Expires after",
        0,
        maximum=YEAR_S,
        help="Then the items leave by Expired. 0: wait for as long as it takes.",
    )
    field: str = fields.text(
        "Put the decision into the field",
        "approval",
        help="`{decision, reason, by, at, corrected}` is added to every item; `corrected` "
        "has what corrected fields held before. Empty: not at all.",
        advanced=True,
    )


class HumanApproval(Node[Form]):
    """Waits until a person approves or rejects, in the inbox of approvals.

    The items leave by **Approved** or **Rejected**, each with who decided, when and why in the
    field `approval`; by **Expired** when nobody did in time. Nothing is held meanwhile, so a
    decision may take a year and survives restarts. Other branches go on. Whoever is first
    decides; owners and admins may always step in.

    The card may show files of the items, and fields that whoever approves may correct first: then
    the items go on with what they put in.

    The parameters of the first item hold for all: they are decided together. Put the node into a
    loop where each item is to be decided by itself.
    """

    type = "human.approval"
    title = "Human Approval"
    category = "people"
    icon = "user-check"
    synonyms = ("review", "approve", "reject", "sign off", "manual step", "four eyes")
    outputs = (
        Port("approved", "Approved"),
        Port("rejected", "Rejected"),
        Port("expired", "Expired"),
    )
    Params = Form
    examples = (
        Example(
            "Ask anybody, for a day",
            {"title": "Pay invoice 17?", "expires_s": 86_400},
            [{"invoice": 17}],
        ),
        Example(
            "Show what matters",
            {
                "title": "Pay the invoice of Stadtwerke Nord?",
                "headline": "5,903.44 EUR",
                "why": "43 % above this vendor's usual invoice.",
                "facts": [
                    {"label": "Last 6 months", "value": "4,120.00 EUR", "mark": "warn"},
                    {"label": "IBAN", "value": "matches the vendor's", "mark": "ok"},
                ],
            },
            [{"invoice": "40-771", "total": 5903.44}],
        ),
        Example(
            "Let the total be corrected",
            {
                "title": "Book the invoice?",
                "documents": ["*"],
                "correctable": [
                    {"name": "total", "label": "Total", "kind": "number"},
                    {"name": "vendor.city", "label": "City"},
                    {"name": "centre", "kind": "choice", "options": ["4100", "4200"]},
                ],
            },
            [
                {
                    "invoice": "40-771",
                    "total": 5903.44,
                    "vendor": {"city": "Kiel"},
                    "centre": "4100",
                }
            ],
        ),
        Example(
            "Ask the admins",
            {"title": "Delete the account?", "assignees": ["role:admin"]},
            [{"account": 4}],
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The title."""
        return shown(params.get("title"))

    async def run(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs
    ) -> Outputs | Suspension:
        """Ask."""
        form = params.first
        if not form.title.strip():
            message = "Give the approval a title, so that people know what they decide."
            raise UserError(message, field="title", code="title_missing")
        assignees = [_assignee(one) for one in form.assignees]
        until = ctx.now + timedelta(seconds=form.expires_s) if form.expires_s else None
        asked: JsonObject = {
            "title": form.title.strip()[:200],
            "message": form.message,
            "headline": form.headline.strip(),
            "why": form.why.strip(),
            "facts": [fact.model_dump() for fact in form.facts],
            "node_name": ctx.node_name,
            "assignees": [*assignees],
            "needs_reason": form.needs_reason,
            "is_risky": form.is_risky,
            "is_bulk_safe": form.is_bulk_safe,
            "documents": shown_files(inputs.main, form.documents),
            "correctable": offered(inputs.main, form.correctable),
        }
        return Suspension("approval", until=until, note=asked, shown=tuple(inputs.main))

    async def resume(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs, wake: Wake
    ) -> Outputs:
        """The items, by the port of the decision."""
        told: dict[str, Any] = wake.data if isinstance(wake.data, dict) else {}
        decision = "expired" if wake.kind == "time" else str(told["decision"])
        corrections = dict(told.get("corrections") or {})
        fact: JsonObject = {
            "decision": decision,
            "reason": told.get("reason", ""),
            "by": told.get("by"),
            "at": told.get("at"),
        }
        return {decision: _with(inputs.main, corrections, params.first.field, fact)}


def _assignee(text: str) -> str:
    """An address or a role in lower case.

    Raises:
        UserError: it is neither.
    """
    name = text.strip().lower()
    if not _ASSIGNEE.fullmatch(name):
        message = f"{text[:100]!r} is neither an e-mail address nor a role such as role:admin."
        raise UserError(message, field="assignees", code="assignee_unknown")
    return name


def _with(
    items: Sequence[Item], corrections: JsonObject, field: str, fact: JsonObject
) -> list[Item]:
    put_in = zip(items, corrected(items, corrections), strict=True)
    return [
        Item(
            {**json, field: fact | {"corrected": before}} if field else json,
            item.binary,
            (Pair(0, index),),
        )
        for index, (item, (json, before)) in enumerate(put_in)
    ]
