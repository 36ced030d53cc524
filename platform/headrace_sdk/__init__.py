"""The node SDK: everything that the author of a node imports, and nothing of the platform."""

from __future__ import annotations

from headrace_sdk import fields
from headrace_sdk.context import (
    Choice,
    Context,
    ExecutionInfo,
    HttpResponse,
    Lookup,
    Reply,
    Suspension,
    Wake,
)
from headrace_sdk.credentials import Credential, CredentialType, RequestAuth, Secret
from headrace_sdk.errors import (
    ContractError,
    HeadraceError,
    NodeError,
    SecretError,
    UpstreamError,
    UserError,
)
from headrace_sdk.forms import Assignment, Condition, Conditions, NameValue, Params
from headrace_sdk.function import node
from headrace_sdk.hooks import hookimpl
from headrace_sdk.items import FileRef, Inputs, Item, JsonObject, JsonValue, Outputs, Pair, to_main
from headrace_sdk.node import (
    MAIN_IN,
    MAIN_OUT,
    AnyNode,
    Arrival,
    CredentialSlot,
    Effect,
    Example,
    JoinRule,
    Node,
    ParamSet,
    Port,
    PortsFrom,
    Trigger,
)
from headrace_sdk.registrations import (
    ManualRegistration,
    Registration,
    ScheduleRegistration,
    WebhookRegistration,
)

__all__ = [
    "MAIN_IN",
    "MAIN_OUT",
    "AnyNode",
    "Arrival",
    "Assignment",
    "Choice",
    "Condition",
    "Conditions",
    "Context",
    "ContractError",
    "Credential",
    "CredentialSlot",
    "CredentialType",
    "Effect",
    "Example",
    "ExecutionInfo",
    "FileRef",
    "HeadraceError",
    "HttpResponse",
    "Inputs",
    "Item",
    "JoinRule",
    "JsonObject",
    "JsonValue",
    "Lookup",
    "ManualRegistration",
    "NameValue",
    "Node",
    "NodeError",
    "Outputs",
    "Pair",
    "ParamSet",
    "Params",
    "Port",
    "PortsFrom",
    "Registration",
    "Reply",
    "RequestAuth",
    "ScheduleRegistration",
    "Secret",
    "SecretError",
    "Suspension",
    "Trigger",
    "UpstreamError",
    "UserError",
    "Wake",
    "WebhookRegistration",
    "fields",
    "hookimpl",
    "node",
    "to_main",
]
