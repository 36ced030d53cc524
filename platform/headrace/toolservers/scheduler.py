"""The MCP server of schedules: which workflows start when, further times, and pauses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field

from headrace.tenants.threads import in_thread
from headrace.toolservers.offering import ToolServer, tool
from headrace.triggers import scheduling
from headrace.triggers.schedule_rows import ScheduleRow, row_json
from headrace.triggers.wished_times import Times
from headrace.workflows import queries as workflows
from headrace_sdk.errors import UserError

MAX_LISTED: Final = 500

Id = Annotated[str, Field(description="As the lists give it.")]


class Scheduler(ToolServer):
    """Each tool does what the person whom it works for may do, and is in the audit record."""

    title = "Headrace schedules"
    instructions = (
        "When the active workflows of one workspace are started. Times are ISO 8601; cron "
        "expressions have five parts: minute hour day month weekday."
    )

    @tool("workflow.view", reads=True)
    async def list_workflows(self) -> dict[str, Any]:
        """Lists the active workflows, by name, with the ids that schedules are created for."""
        return {"workflows": await in_thread(_active)}

    @tool("workflow.view", reads=True)
    async def list_schedules(self) -> dict[str, Any]:
        """Lists all schedules, the next to come first.

        Those without `added_by` are triggers of their workflows.
        """
        found = await in_thread(scheduling.schedules, self.desk.by)
        return {"schedules": [_shown(one) for one in found[:MAX_LISTED]]}

    @tool("workflow.publish")
    async def create_schedule(
        self,
        workflow_id: Id,
        name: Annotated[str, Field(max_length=100, description="What it is for.")],
        *,
        cron: Annotated[str, Field(max_length=100, description="Such as 0 9 * * 1.")] = "",
        every_minutes: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
        at: Annotated[str, Field(max_length=40, description="Once, then never again.")] = "",
        timezone: Annotated[
            str, Field(max_length=60, description="Of cron: such as Europe/Berlin; else UTC.")
        ] = "",
    ) -> dict[str, Any]:
        """Starts an active workflow at further times: by cron, every so many minutes, or once.

        Give exactly one of `cron`, `every_minutes` and `at`.
        """
        every = timedelta(minutes=every_minutes) if every_minutes else None
        times = Times(cron.strip(), every, _moment(at), timezone.strip())
        by, run = self.desk.by, self.desk.caller.execution_id
        made = await in_thread(scheduling.add, by, _id(workflow_id), name, times, execution_id=run)
        return _shown(made)

    @tool("workflow.publish")
    async def pause_schedule(self, schedule_id: Id) -> dict[str, Any]:
        """Stops a schedule until it is resumed; also one that is a trigger of its workflow."""
        return await self._paused(schedule_id, is_paused=True)

    @tool("workflow.publish")
    async def resume_schedule(self, schedule_id: Id) -> dict[str, Any]:
        """Lets a paused schedule go on from its next time. What it missed is not made up for."""
        return await self._paused(schedule_id, is_paused=False)

    @tool("workflow.publish", destroys=True)
    async def delete_schedule(self, schedule_id: Id) -> dict[str, Any]:
        """Deletes a schedule that was created here. Triggers of workflows can only be paused."""
        await in_thread(scheduling.remove, self.desk.by, _id(schedule_id))
        return {"deleted": schedule_id}

    async def _paused(self, schedule_id: str, *, is_paused: bool) -> dict[str, Any]:
        by, wanted = self.desk.by, _id(schedule_id)
        return _shown(await in_thread(scheduling.set_paused, by, wanted, is_paused=is_paused))


def _active() -> list[dict[str, str]]:
    rows = workflows.rows().filter(published__isnull=False).order_by("name", "id")
    return [{"id": str(row.pk), "name": row.name} for row in rows[:MAX_LISTED]]


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        message = f"{text[:60]!r} is no id. Take it from the lists."
        raise UserError(message, code="no_id") from None


def _moment(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        message = f"{text!r} is no time. Write it as 2026-12-01T09:00:00+01:00."
        raise UserError(message, field="at", code="no_time") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _shown(row: ScheduleRow) -> dict[str, Any]:
    told = row_json(row)
    every_s = told.pop("every_s")
    return {
        **told,
        "workflow_id": str(row.workflow_id),
        "workflow": row.workflow_name,
        "every_minutes": every_s / 60 if isinstance(every_s, int | float) and every_s else None,
        "is_paused": row.is_paused,
    }
