"""Binds what lower apps need from higher ones: the one place that knows both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

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
from headrace.executions.ports import ports as executions
from headrace.executions.queries import ExecutionSummaries
from headrace.executions.retention import NamedByPayloads
from headrace.executions.runner.announcing import ENDED
from headrace.executions.runner.waiting.table import KINDS
from headrace.executions.shared_state import OpenExecutions, hand_on_locks
from headrace.executions.sweeper import sweep
from headrace.expressions.ports import ports as expressions
from headrace.files.ports import ports as files
from headrace.llm.budgets import ANNOUNCE
from headrace.operations.cleaning import clean
from headrace.operations.duties import Duty, duties
from headrace.outbox.actions import relay, subscribe
from headrace.plugins.queries import Switches
from headrace.realtime.draft_bell import ChannelsDraftBell
from headrace.realtime.inbox_bell import ChannelsInboxBell
from headrace.realtime.live_texts import ChannelsLiveTexts
from headrace.realtime.publisher import ChannelsLive
from headrace.sandbox.expressions import SandboxedExpressions
from headrace.sandbox.ports import ports as sandbox
from headrace.state.ports import ports as state
from headrace.tenants.context import current
from headrace.triggers.actions import TriggerRegistry
from headrace.triggers.firing import fire_due
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
    sandbox.is_on = keys["SANDBOX"] != "off"
    sandbox.folder = settings.HEADRACE_HOME / "sandbox"
    expressions.javascript = SandboxedExpressions(lambda: str(current().id))
    workflows.triggers = TriggerRegistry()
    workflows.executions = ExecutionSummaries()
    workflows.drafts = ChannelsDraftBell()
    executions.live = ChannelsLive()
    triggers.texts = ChannelsLiveTexts()
    approvals.bell = ChannelsInboxBell()
    files.naming = NamedByPayloads()
    state.executions = OpenExecutions()
    KINDS[ApprovalWait.word] = ApprovalWait()
    executions.events = BusStatements()
    catalog.lookups = FormLookups()
    catalog.switches = Switches()
    subscribe(TOPIC, delivering.receive)
    subscribe(ENDED, endings.receive)
    subscribe(ANNOUNCE, announcing.receive)
    duties[:] = [
        Duty("schedules", fire_due, 0.5),
        Duty("sweep", sweep, settings.HEADRACE_SWEEP_S),
        Duty("outbox", relay, 0.5),
        Duty("cleaning", clean, 60),
        Duty("locks", hand_on_locks, 1.0),
        Duty("old events", forget_old, 3600),
    ]


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
