"""Begins executions that are told what was recorded instead of calling anybody."""

from __future__ import annotations

from django.db import transaction

from headrace.executions.actions import begin
from headrace.executions.beginning import Beginning, ExecutionRef
from headrace.executions.errors import NoTrigger
from headrace.executions.models import CallRecording
from headrace.executions.recording import Recording, encode


@transaction.atomic
def begin_recorded(beginning: Beginning, recording: Recording) -> ExecutionRef:
    """Begin an execution that is told what was recorded; its mode must be `MODE`.

    Raises:
        NoTrigger: the version could not be started.
    """
    ref = begin(beginning)
    if ref is None:
        message = "The version could not be started."
        raise NoTrigger(message)
    CallRecording.objects.create(execution_id=ref.id, body=encode(recording))
    return ref
