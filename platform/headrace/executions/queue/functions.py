"""The database functions through which executions begin and proceed.

They are the only doors to both schemas at once: `headrace_accept` makes the execution and its
queue row, `headrace_append` checks the fencing token, numbers and stores events, and releases or
ends the execution, each in one transaction and one round trip. `headrace_child_ended` goes along
with the last append of a child: it wakes the parent when no sibling is open any more.
`headrace_hold_files` lets files stay as long as the execution whose items name them. What begins
while its workflow is paused is due when that ends; see `headrace.executions.pausing`.

The tenant's schema is quoted by `format('%I')`; the search path is pinned, so that nothing can be
slipped in front (T-023).
"""

from __future__ import annotations

from typing import Final

HOLD_FILES: Final = """
create or replace function headrace_hold_files(p_schema text, p_holder uuid, p_files uuid[])
returns void
language plpgsql set search_path = pg_catalog, public as $body$
begin
    execute format(
        'insert into %I.files_hold (holder_id, file_id) select $1, unnest($2)
         on conflict do nothing', p_schema)
        using p_holder, p_files;
    execute format(
        'update %I.files_file set is_loose = false where id = any($1) and is_loose', p_schema)
        using p_files;
end $body$;
"""

ACCEPT: Final = """
create or replace function headrace_accept(
    p_schema text, p_tenant uuid, p_execution uuid, p_row jsonb, p_start bytea,
    p_lane text, p_priority smallint, p_dedupe text, p_must_be_published boolean
) returns table (execution uuid, number bigint, is_new boolean)
language plpgsql set search_path = pg_catalog, public as $body$
declare v_number bigint; v_known uuid; v_published boolean; v_paused boolean := false;
begin
    if p_row ->> 'parent_id' is not null then
        execute format('select number from %I.executions_execution where id = $1', p_schema)
            into v_number using p_execution;
        if v_number is not null then
            return query select p_execution, v_number, false;
            return;
        end if;
    end if;
    if p_must_be_published then
        execute format(
            'select exists (select from %I.workflows_workflow
             where id = ($1 ->> ''workflow_id'')::uuid and deleted_at is null
               and published_id = ($1 ->> ''version_id'')::uuid)', p_schema)
            into v_published using p_row;
        if not v_published then
            return;
        end if;
    end if;
    if p_dedupe is not null then
        execute format(
            'select id, number from %I.executions_execution
             where workflow_id = $1 and dedupe_key = $2', p_schema)
            into v_known, v_number using (p_row ->> 'workflow_id')::uuid, p_dedupe;
        if v_known is not null then
            return query select v_known, v_number, false;
            return;
        end if;
    end if;
    if p_row ->> 'version_number' is not null then
        v_paused := headrace_is_paused(p_schema, (p_row ->> 'workflow_id')::uuid);
    end if;
    execute format('select nextval(%L)', quote_ident(p_schema) || '.execution_number')
        into v_number;
    execute format(
        'insert into %I.executions_execution
             (id, tenant_id, number, workflow_id, workflow_name, version_id, version_number, mode,
              trigger_node, trigger_type, status, waiting_for, started_by, dedupe_key, last_seq,
              parent_id, origin)
         values ($1, $2, $3, ($4 ->> ''workflow_id'')::uuid, $4 ->> ''workflow_name'',
              ($4 ->> ''version_id'')::uuid, ($4 ->> ''version_number'')::int, $4 ->> ''mode'',
              $4 ->> ''trigger_node'', $4 ->> ''trigger_type'', ''queued'', '''',
              $4 ->> ''started_by'', $5, 0, ($4 ->> ''parent_id'')::uuid,
              nullif($4 -> ''origin'', ''null''))',
        p_schema)
        using p_execution, p_tenant, v_number, p_row, p_dedupe;
    if p_row ? 'files' then
        perform headrace_hold_files(p_schema, p_execution, array(
            select f::uuid from jsonb_array_elements_text(p_row -> 'files') as t(f)));
    end if;
    insert into run_queue (execution_id, tenant_id, schema, lane, priority, state, wake, token,
                           last_seq, crashes, min_reader, number, start, root, workflow_id,
                           concurrency_key, max_concurrency, max_per_key, due_at)
    values (p_execution, p_tenant, p_schema, p_lane, 10 + p_priority, 'ready', 0, 0, 0, 0, 1,
            v_number, p_start, (p_row ->> 'root')::uuid, (p_row ->> 'workflow_id')::uuid,
            p_row ->> 'concurrency_key', (p_row ->> 'max_concurrency')::smallint,
            (p_row ->> 'max_per_key')::smallint,
            case when v_paused then 'infinity' else statement_timestamp() end);
    return query select p_execution, v_number, true;
end $body$;
"""

IS_PAUSED: Final = """
create or replace function headrace_is_paused(p_schema text, p_workflow uuid) returns boolean
language plpgsql set search_path = pg_catalog, public as $body$
declare v_paused boolean;
begin
    execute format('select is_paused from %I.workflows_workflow where id = $1', p_schema)
        into v_paused using p_workflow;
    if v_paused then
        -- Whoever lets it go on holds this lock alone, so that none is left behind unseen.
        perform pg_advisory_xact_lock_shared(hashtextextended(p_workflow::text, 0));
        execute format('select is_paused from %I.workflows_workflow where id = $1', p_schema)
            into v_paused using p_workflow;
    end if;
    return coalesce(v_paused, false);
end $body$;
"""

CHILD_ENDED: Final = """
create or replace function headrace_child_ended(
    p_schema text, p_execution uuid, p_parent uuid, p_node text, p_run text
) returns void
language plpgsql set search_path = pg_catalog, public as $body$
declare v_is_open boolean;
begin
    -- Siblings end one after the other here, so that the last one sees that it is the last.
    perform from run_queue where execution_id = p_parent for update;
    execute format(
        'select exists (select from %I.executions_execution
             where parent_id = $1 and id <> $2
               and status in (''queued'', ''running'', ''waiting'', ''paused'')
               and origin ->> ''node'' = $3 and origin ->> ''run'' = $4
               and (origin ->> ''waits'')::boolean)', p_schema)
        into v_is_open using p_parent, p_execution, p_node, p_run;
    if v_is_open then
        return;
    end if;
    execute format(
        'insert into %I.executions_inboxentry (execution_id, kind, dedupe_key, data)
         values ($1, ''child_ended'', $2, convert_to($3::text, ''UTF8''))
         on conflict do nothing', p_schema)
        using p_parent, p_execution::text, json_build_object('node', p_node, 'run', p_run);
    update run_queue
    set wake = wake + 1, due_at = least(due_at, clock_timestamp()),
        state = case state when 'waiting' then 'ready' else state end
    where execution_id = p_parent;
end $body$;
"""

APPEND: Final = """
create or replace function headrace_append(
    p_schema text, p_execution uuid, p_token bigint, p_seen_wake bigint, p_starts boolean,
    p_events int, p_format smallint, p_body bytea, p_payload_ids uuid[], p_payloads bytea[],
    p_blobs text[], p_consumed bigint[], p_token_hashes bytea[], p_token_runs text[],
    p_token_untils timestamptz[],
    p_next text, p_due_in double precision, p_status text, p_error bytea, p_waiting_for text,
    p_started_ms bigint, p_progress boolean
) returns bigint
language plpgsql set search_path = pg_catalog, public as $body$
declare v_last bigint; v_cancel timestamptz; v_workflow uuid; v_key text;
begin
    -- A step that ended is progress: crashes are counted anew, and the lane is the usual one again.
    update run_queue set last_seq = last_seq + p_events,
                         min_reader = greatest(min_reader, p_format),
                         crashes = case when p_progress then 0 else crashes end,
                         lane = case when p_progress and lane = 'careful' then 'default'
                                     else lane end
    where execution_id = p_execution and token = p_token and state = 'leased'
    returning last_seq, cancel_at, workflow_id, concurrency_key
    into v_last, v_cancel, v_workflow, v_key;
    if not found then
        return -1;
    end if;
    if p_starts and v_cancel is not null then
        raise exception 'cancel requested' using errcode = 'HR001';
    end if;
    if p_events > 0 then
        execute format(
            'insert into %I.executions_logsegment
                 (execution_id, first_seq, last_seq, format, body) values ($1, $2, $3, $4, $5)',
            p_schema)
            using p_execution, v_last - p_events + 1, v_last, p_format, p_body;
    end if;
    if cardinality(p_payload_ids) > 0 then
        execute format(
            'insert into %I.executions_payload (id, execution_id, body, sha256)
             select i, $1, b, s from unnest($2, $3, $4) as t(i, b, s)', p_schema)
            using p_execution, p_payload_ids, p_payloads, p_blobs;
    end if;
    if cardinality(p_consumed) > 0 then
        execute format(
            'update %I.executions_inboxentry set consumed_seq = $1 where id = any($2)', p_schema)
            using v_last, p_consumed;
    end if;
    if cardinality(p_token_hashes) > 0 then
        execute format(
            'insert into %I.executions_waittoken (token_hash, execution_id, node, run, state, until)
             select h, $1, split_part(r, chr(10), 1), split_part(r, chr(10), 2), ''open'', u
             from unnest($2, $3, $4) as t(h, r, u) on conflict do nothing', p_schema)
            using p_execution, p_token_hashes, p_token_runs, p_token_untils;
    end if;
    if p_status is not null then
        execute format(
            'update %I.executions_execution set status = $2, last_seq = $3,
                 error = coalesce($4, error), waiting_for = $5,
                 started_at = coalesce(started_at, to_timestamp($7 / 1000.0)),
                 ended_at = case when $6 then clock_timestamp() end
             where id = $1', p_schema)
            using p_execution, p_status, v_last, p_error, p_waiting_for, p_next = 'done',
                  p_started_ms;
    end if;
    if p_next = 'done' then
        delete from run_queue where execution_id = p_execution;
    elsif p_next is not null then
        update run_queue set
            state = case when wake > p_seen_wake then 'ready' else p_next end,
            due_at = case when wake > p_seen_wake or p_due_in is null
                          then case when p_next = 'waiting' and wake <= p_seen_wake
                                    then 'infinity' else clock_timestamp() end
                          else clock_timestamp() + make_interval(secs => p_due_in) end,
            worker = null
        where execution_id = p_execution;
    end if;
    if p_next is not null and v_key is not null then
        perform headrace_let_go_on(v_workflow, v_key);
    end if;
    return v_last;
end $body$;
"""

LET_GO_ON: Final = """
create or replace function headrace_let_go_on(p_workflow uuid, p_key text) returns void
language sql set search_path = pg_catalog, public as $body$
    update run_queue set state = 'ready' where execution_id = (
        select execution_id from run_queue
        where state = 'held' and workflow_id = p_workflow and concurrency_key = p_key
        order by priority, due_at limit 1 for update skip locked);
    update run_queue set state = 'ready' where execution_id = (
        select execution_id from run_queue
        where state = 'held' and workflow_id = p_workflow and concurrency_key <> p_key
        order by priority, due_at limit 1 for update skip locked);
$body$;
"""

DROP: Final = """
drop function if exists headrace_let_go_on;
drop function if exists headrace_accept;
drop function if exists headrace_is_paused;
drop function if exists headrace_append;
drop function if exists headrace_child_ended;
drop function if exists headrace_hold_files;
"""
