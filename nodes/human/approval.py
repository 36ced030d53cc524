"""Waits until a person approves or rejects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
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

YEAR_S: Final = 366 * 86_400
_ASSIGNEE: Final = re.compile(r"role:(owner|admin|member|viewer)|[^@\s]+@[^@\s]+", re.ASCII)


class Form(Params):
    """What is asked, who is asked, and until when."""

    title: str = fields.text(
        "Title", placeholder="Pay invoice 17?", help="One line for the list; 200 characters."
    )
    message: str = fields.textarea(
        "Message", "", help="What whoever decides has to know. They also see the items."
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
    expires_s: float = fields.duration(
        "Expires after",
        0,
        maximum=YEAR_S,
        help="Then the items leave by Expired. 0: wait for as long as it takes.",
    )
    field: str = fields.text(
        "Put the decision into the field",
        "approval",
        help="`{decision, reason, by, at}` is added to every item; empty: not at all.",
        advanced=True,
    )


class HumanApproval(Node[Form]):
    """Waits until a person approves or rejects, in the inbox of approvals.

    The items leave by **Approved** or **Rejected**, each with who decided, when and why in the
    field `approval`; by **Expired** when nobody did in time. Nothing is held meanwhile, so a
    decision may take a year and survives restarts. Other branches go on. Whoever is first
    decides; owners and admins may always step in.

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
            "assignees": [*assignees],
            "needs_reason": form.needs_reason,
        }
        return Suspension("approval", until=until, note=asked, shown=tuple(inputs.main))

    async def resume(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs, wake: Wake
    ) -> Outputs:
        """The items, by the port of the decision."""
        told: dict[str, Any] = wake.data if isinstance(wake.data, dict) else {}
        decision = "expired" if wake.kind == "time" else str(told["decision"])
        fact: JsonObject = {
            "decision": decision,
            "reason": told.get("reason", ""),
            "by": told.get("by"),
            "at": told.get("at"),
        }
        return {decision: _with(inputs.main, params.first.field, fact)}


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


def _with(items: Sequence[Item], field: str, value: JsonValue) -> list[Item]:
    added: JsonObject = {field: value} if field else {}
    return [
        Item(item.json | added, item.binary, (Pair(0, index),)) for index, item in enumerate(items)
    ]
