"""Rows of one tenant's language models: which there are, each call, what may be spent."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models.functions import Now

from headrace.llm.types import Period, Scope, State, Tier
from headrace.tenants.models import TenantModel

NAME: Final = 100


def _choices(kind: type[Tier | Scope | Period | State]) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in kind]


class LanguageModel(TenantModel):
    """A model that workflows may name: a provider's model, by a credential, with its limits.

    `parallel` calls at once and `tokens_a_minute` are this tenant's own limits; 0 is none. Prices
    are in thousandths of a millionth of a dollar for a token, `None` where the price list counts.
    """

    name = models.CharField(max_length=NAME, unique=True)
    provider = models.CharField(max_length=30)
    model = models.CharField(max_length=200)
    credential_id = models.UUIDField(null=True)
    tier = models.CharField(max_length=20, choices=_choices(Tier))
    is_on = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    parallel = models.PositiveIntegerField(default=8)
    tokens_a_minute = models.PositiveBigIntegerField(default=0)
    input_nano = models.PositiveBigIntegerField(null=True)
    output_nano = models.PositiveBigIntegerField(null=True)
    cached_nano = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(db_default=Now())


class Call(TenantModel):
    """One request to a provider, or an answer that was kept: the ledger.

    `key` names what a run asked; `attempt` counts the requests for it. While `state` is `open` the
    call holds `reserved_micro`, until `deadline`. Costs are in millionths of a US dollar.
    """

    key = models.UUIDField()
    attempt = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=_choices(State), default=State.OPEN)
    model_id = models.UUIDField(null=True)
    model_name = models.CharField(max_length=NAME)
    provider = models.CharField(max_length=30)
    provider_model = models.CharField(max_length=200)
    account = models.CharField(max_length=64, default="")
    tier = models.CharField(max_length=20, default="")
    complexity = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500, default="")
    features = models.JSONField(default=dict)
    workflow_id = models.UUIDField(null=True)
    execution_id = models.UUIDField(null=True)
    node = models.CharField(max_length=100, default="")
    run = models.CharField(max_length=100, default="")
    item = models.PositiveIntegerField(default=0)
    input_tokens = models.PositiveBigIntegerField(default=0)
    output_tokens = models.PositiveBigIntegerField(default=0)
    cached_tokens = models.PositiveBigIntegerField(default=0)
    cache_write_tokens = models.PositiveBigIntegerField(default=0)
    reserved_tokens = models.PositiveBigIntegerField(default=0)
    reserved_micro = models.PositiveBigIntegerField(default=0)
    cost_micro = models.PositiveBigIntegerField(default=0)
    priced_at = models.CharField(max_length=10, default="")
    is_estimate = models.BooleanField(default=False)
    is_cached = models.BooleanField(default=False)
    error_code = models.CharField(max_length=100, default="")
    latency_ms = models.PositiveIntegerField(null=True)
    answer = models.BinaryField(null=True)
    started_at = models.DateTimeField(db_default=Now())
    deadline = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        """Found by its key, by run, by model, and by time; those under way by themselves."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "attempt"], name="one_row_a_request")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["execution_id"], include=["cost_micro"], name="llm_call_execution"
            ),
            models.Index(fields=["account", "started_at"], name="llm_call_account"),
            models.Index(fields=["started_at"], name="llm_call_time"),
            models.Index(
                fields=["workflow_id", "started_at"],
                include=["cost_micro"],
                name="llm_call_workflow",
            ),
            models.Index(
                fields=["ended_at"],
                include=["workflow_id", "cost_micro"],
                condition=models.Q(cost_micro__gt=0),
                name="llm_call_paid",
            ),
            models.Index(
                fields=["account"], condition=models.Q(state="open"), name="llm_call_open"
            ),
        ]


class Budget(TenantModel):
    """What may be spent: by the tenant, by a workflow, or by each run, of one workflow or of any.

    `spent_micro` is that of the period which began at `period_start`; runs have no such counter,
    the ledger is summed for each. `name` is shown where it stops a call.
    """

    name = models.CharField(max_length=NAME)
    scope = models.CharField(max_length=10, choices=_choices(Scope))
    workflow_id = models.UUIDField(null=True)
    period = models.CharField(max_length=10, choices=_choices(Period), default=Period.MONTH)
    limit_micro = models.PositiveBigIntegerField()
    is_on = models.BooleanField(default=True)
    spent_micro = models.PositiveBigIntegerField(default=0)
    period_start = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())


class KeptAnswer(TenantModel):
    """The answer to a question, for whoever asks exactly the same again."""

    digest = models.BinaryField(unique=True)
    answer = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(db_index=True)


class Correction(TenantModel):
    """What a person held to be right for a call whose complexity was estimated.

    `features` are the points of its question, without what was learned before.
    """

    call_id = models.UUIDField(unique=True)
    features = models.JSONField()
    estimated = models.PositiveSmallIntegerField()
    wanted = models.PositiveSmallIntegerField()


class RoutingChoices(TenantModel):
    """What a tenant told the router; without a row the defaults hold."""

    rules = models.JSONField(default=dict)
    saves_from_percent = models.PositiveSmallIntegerField(default=80)
