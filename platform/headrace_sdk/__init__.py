"""The node SDK: everything that the author of a node imports, and nothing of the platform."""

from __future__ import annotations

from headrace_sdk import fields
from headrace_sdk.calls import CallResult
from headrace_sdk.context import Choice, Context, ExecutionInfo, Http, HttpResponse, Lookup, Reply
from headrace_sdk.coordination import Gathered, Place, Rate, Turn
from headrace_sdk.credentials import (
    Credential,
    CredentialType,
    RequestAuth,
    Secret,
    required_credential,
)
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
from headrace_sdk.items import (
    FileRef,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    Outputs,
    Pair,
    PassedOn,
    to_main,
)
from headrace_sdk.needs import Needs
from headrace_sdk.net import Net
from headrace_sdk.node import (
    MAIN_IN,
    MAIN_OUT,
    AnyNode,
    Arrival,
    Capability,
    CredentialSlot,
    Effect,
    Example,
    JoinRule,
    LoopRule,
    Node,
    ParamSet,
    Port,
    PortsFrom,
    Trigger,
)
from headrace_sdk.oauth2 import OAuth2Type, Provider
from headrace_sdk.outcomes import Outcomes, each_item
from headrace_sdk.pages import ChatPage, FormPage, FormStep, Question, Theme
from headrace_sdk.polling import PollContext, Polled, PollForm, PollingTrigger
from headrace_sdk.probing import Probe
from headrace_sdk.registrations import (
    CallRegistration,
    ErrorRegistration,
    EventRegistration,
    ManualRegistration,
    PageRegistration,
    PollRegistration,
    Registration,
    ScheduleRegistration,
    ToolRegistration,
    WebhookRegistration,
)
from headrace_sdk.waits import Suspension, Wake

__all__ = [
    "MAIN_IN",
    "MAIN_OUT",
    "AnyNode",
    "Arrival",
    "Assignment",
    "CallRegistration",
    "CallResult",
    "Capability",
    "ChatPage",
    "Choice",
    "Condition",
    "Conditions",
    "Context",
    "ContractError",
    "Credential",
    "CredentialSlot",
    "CredentialType",
    "Effect",
    "ErrorRegistration",
    "EventRegistration",
    "Example",
    "ExecutionInfo",
    "FileRef",
    "FormPage",
    "FormStep",
    "Gathered",
    "HeadraceError",
    "Http",
    "HttpResponse",
    "Inputs",
    "Item",
    "JoinRule",
    "JsonObject",
    "JsonValue",
    "Lookup",
    "LoopRule",
    "ManualRegistration",
    "NameValue",
    "Needs",
    "Net",
    "Node",
    "NodeError",
    "OAuth2Type",
    "Outcomes",
    "Outputs",
    "PageRegistration",
    "Pair",
    "ParamSet",
    "Params",
    "PassedOn",
    "Place",
    "PollContext",
    "PollForm",
    "PollRegistration",
    "Polled",
    "PollingTrigger",
    "Port",
    "PortsFrom",
    "Probe",
    "Provider",
    "Question",
    "Rate",
    "Registration",
    "Reply",
    "RequestAuth",
    "ScheduleRegistration",
    "Secret",
    "SecretError",
    "Suspension",
    "Theme",
    "ToolRegistration",
    "Trigger",
    "Turn",
    "UpstreamError",
    "UserError",
    "Wake",
    "WebhookRegistration",
    "each_item",
    "fields",
    "hookimpl",
    "node",
    "required_credential",
    "to_main",
]
