"""Binds what lower apps need from higher ones: the one place that knows both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from headrace.accounts.ports import ports as accounts
from headrace.agents.queries import AgentBook
from headrace.approvals.ports import ports as approvals
from headrace.approvals.waiting import ApprovalWait
from headrace.bus import announcing, delivering, endings
from headrace.bus.actions import forget_old
from headrace.bus.statements import TOPIC, BusStatements
from headrace.catalog.ports import ports as catalog
from headrace.catalog.queries import InstalledCredentialTypes
from headrace.conf import celery, env
from headrace.credentials.ports import SecretSource
from headrace.credentials.ports import ports as credentials
from headrace.credentials.sources.environment import PREFIX, EnvironmentSecrets
from headrace.credentials.sources.key_value import VaultSecrets
from headrace.egress.ports import ports as egress
from headrace.executions.ports import ports as executions
from headrace.executions.queries import ExecutionSummaries
from headrace.executions.retention import NamedByPayloads
from headrace.executions.runner.announcing import ENDED
from headrace.executions.runner.waiting.table import KINDS
from headrace.executions.shared_state import OpenExecutions, hand_on_locks
from headrace.executions.sweeper import sweep
from headrace.expressions.ports import ports as expressions
from headrace.files.ports import ports as files
from headrace.knowledge.indexer import Indexer
from headrace.knowledge.questions import LocalLikeness
from headrace.llm import alerts
from headrace.llm.budgets import ALERT, ANNOUNCE
from headrace.llm.ports import ports as llm
from headrace.notifications.ports import ports as notifications
from headrace.operations.cleaning import clean
from headrace.operations.closing_hours import ClosingHours
from headrace.operations.duties import Duty, duties
from headrace.operations.endings import tell_of_endings
from headrace.operations.queries import is_operator
from headrace.outbox.actions import relay, subscribe
from headrace.plugins.queries import Switches
from headrace.realtime.draft_bell import ChannelsDraftBell
from headrace.realtime.inbox_bell import ChannelsInboxBell
from headrace.realtime.live_parts import ChannelsLiveParts
from headrace.realtime.publisher import ChannelsLive
from headrace.sandbox.expressions import SandboxedExpressions
from headrace.sandbox.limits import MEGABYTE
from headrace.sandbox.ports import ports as sandbox
from headrace.state.ports import ports as state
from headrace.tenants.context import current
from headrace.toolservers.serving import OwnServers
from headrace.triggers.actions import TriggerRegistry
from headrace.triggers.firing import fire_due
from headrace.triggers.polls.rounds import rounds
from headrace.triggers.ports import ports as triggers
from headrace.variables.ports import ports as variables
from headrace.workflows.lookups import FormLookups
from headrace.workflows.ports import ports as workflows
from headrace.workflows.queries import CredentialUses, VariableUses

broker = celery.app
"""Importing it is what makes the tasks of every process known to our broker."""


def bind() -> None:
    """Fill every app's ports. Called once, when all apps are loaded."""
    keys = env.read()
    credentials.master_keys = (keys["HEADRACE_VAULT_KEY"], *keys["HEADRACE_VAULT_OLD_KEYS"])
    credentials.types = InstalledCredentialTypes()
    credentials.uses = CredentialUses()
    variables.uses = VariableUses()
    credentials.sources = _secret_sources(keys)
    _set_up_sandbox(keys)
    expressions.javascript = SandboxedExpressions(lambda: str(current().id))
    accounts.is_operator = is_operator
    workflows.triggers = TriggerRegistry()
    workflows.executions = ExecutionSummaries()
    workflows.drafts = ChannelsDraftBell()
    workflows.agents = AgentBook()
    executions.live = ChannelsLive()
    triggers.parts = ChannelsLiveParts()
    egress.built_in = triggers.servers = OwnServers()
    approvals.bell = ChannelsInboxBell()
    notifications.bell = ChannelsInboxBell()
    files.naming = NamedByPayloads()
    llm.likeness = LocalLikeness()
    state.executions = OpenExecutions()
    KINDS[ApprovalWait.word] = ApprovalWait()
    executions.events = BusStatements()
    catalog.lookups = FormLookups()
    catalog.switches = Switches()
    _subscribe()
    duties[:] = _duties()


def _subscribe() -> None:
    subscribe(TOPIC, delivering.receive)
    subscribe(ENDED, endings.receive)
    subscribe(ANNOUNCE, announcing.receive)
    subscribe(ALERT, alerts.receive)


def _duties() -> list[Duty]:
    """What the scheduler does, and how many seconds it rests in between."""
    hours = ClosingHours()
    return [
        Duty("schedules", fire_due, 0.5),
        Duty("polls", rounds.look, 1.0),
        Duty("sweep", sweep, settings.HEADRACE_SWEEP_S),
        Duty("outbox", relay, 0.5),
        Duty("cleaning", clean, 60),
        Duty("hours", hours.close, 300),
        Duty("late hours", hours.catch_up, 3),
        Duty("endings", tell_of_endings, 600),
        Duty("locks", hand_on_locks, 1.0),
        Duty("indexing", Indexer().wake, 1.0),
        Duty("old events", forget_old, 3600),
    ]


def _set_up_sandbox(given: Mapping[str, Any]) -> None:
    sandbox.is_on = given["SANDBOX"] != "off"
    sandbox.must_be_sealed = given["SANDBOX"] == "sealed"
    sandbox.engine = given["SANDBOX"]
    sandbox.memory_bytes = min(256, max(32, given["SANDBOX_MEMORY_MB"])) * MEGABYTE
    sandbox.folder = settings.HEADRACE_HOME / "sandbox"


def _secret_sources(given: Mapping[str, Any]) -> Mapping[str, SecretSource]:
    """What the operator has set up besides our own database."""
    found: dict[str, SecretSource] = {}
    secrets = env.secrets(PREFIX)
    if secrets:
        found["environment"] = EnvironmentSecrets(secrets)
    if given["HEADRACE_KV_URL"]:
        found["vault"] = VaultSecrets(
            given["HEADRACE_KV_URL"],
            given["HEADRACE_KV_TOKEN"],
            given["HEADRACE_KV_MOUNT"],
            given["HEADRACE_KV_PREFIX"],
        )
    return found
