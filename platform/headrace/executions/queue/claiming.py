"""The database function by which workers claim: fair over tenants, exact in its limits.

Tenants are served by virtual time: whoever was given least comes first, and who was idle may be
ahead of the others by 64 executions at most. The row of a tenant in `run_tenant` is locked while
its executions are counted and taken, so two workers never both see the last free slot; releases
take no such lock. All statements but the first run after that lock, each with a snapshot of its
own, which a single statement could not have (engine-rules 26).

New executions have 10 added to their priority, which their first claim takes away: what wakes
comes before what is new. An execution over the limit of its workflow or key is set aside as `held`;
the release of another one, or the sweeper, makes it ready again. So those that have to wait are
never read twice.

A worker that turned out not to have the nodes of an execution notes the name of its registry in
`unfit`; until `unfit_until` workers of that registry pass it over.
"""

from __future__ import annotations

from typing import Final

TAKE: Final = """
create or replace function headrace_take(
    p_tenant uuid, p_lane text, p_worker uuid, p_reader int, p_limit int, p_room int,
    p_registry text
) returns uuid[]
language plpgsql set search_path = pg_catalog, public as $body$
declare
    v_row record; v_ids uuid[] := '{}'; v_roots uuid[] := '{}'; v_room int := p_room;
begin
    for v_row in
        select q.execution_id, coalesce(q.root, q.execution_id) as root, q.workflow_id,
               q.concurrency_key, q.max_concurrency, q.max_per_key, q.cancel_at
        from run_queue q
        where q.lane = p_lane and q.tenant_id = p_tenant and q.state = 'ready'
          and q.due_at <= clock_timestamp() and q.min_reader <= p_reader
          and (q.unfit is null or not p_registry = any(q.unfit)
               or q.unfit_until <= clock_timestamp() or q.cancel_at is not null)
        order by q.priority, q.due_at
        limit p_limit
        for update skip locked
    loop
        if v_room <= 0 and not v_row.root = any(v_roots) then
            exit;
        end if;
        if v_row.concurrency_key is not null and v_row.cancel_at is null and (
            (select count(*) from run_queue q
             where q.state = 'leased' and q.concurrency_key is not null
               and q.workflow_id = v_row.workflow_id) >= v_row.max_concurrency
            or (v_row.concurrency_key <> ''
                and (select count(*) from run_queue q
                     where q.state = 'leased' and q.concurrency_key = v_row.concurrency_key
                       and q.workflow_id = v_row.workflow_id) >= v_row.max_per_key)
        ) then
            update run_queue set state = 'held' where execution_id = v_row.execution_id;
            continue;
        end if;
        if not v_row.root = any(v_roots) then
            v_room := v_room - 1;
            v_roots := v_roots || v_row.root;
        end if;
        if v_row.concurrency_key is null then
            v_ids := v_ids || v_row.execution_id;
            continue;
        end if;
        update run_queue set state = 'leased', token = token + 1, worker = p_worker,
                             priority = priority % 10
        where execution_id = v_row.execution_id;
        v_ids := v_ids || v_row.execution_id;
    end loop;
    update run_queue set state = 'leased', token = token + 1, worker = p_worker,
                         priority = priority % 10
    where execution_id = any(v_ids) and state = 'ready';
    return v_ids;
end $body$;
"""

CLAIM: Final = """
create or replace function headrace_claim(
    p_worker uuid, p_lanes text[], p_reader int, p_limit int, p_cap int, p_registry text
) returns table (
    execution_id uuid, tenant_id uuid, schema text, token bigint, wake bigint,
    is_cancelled boolean, last_seq bigint, crashes smallint, start bytea, slug text,
    number bigint, lane text, is_more boolean, at timestamptz
)
language plpgsql set search_path = pg_catalog, public as $body$
declare
    c_burst constant double precision := 64; -- so much ahead may a tenant be that was idle
    c_tenants constant int := 4; -- at most so many tenants are served by one claim
    v_tenant record; v_share record; v_lane text; v_taken uuid[]; v_ids uuid[] := '{}';
    v_left int := p_limit; v_room int; v_count int; v_served int := 0; v_more boolean := false;
    v_busy uuid[] := '{}'; v_wait boolean := false; v_holds boolean := false;
begin
    loop
        for v_tenant in
            with recursive found as (
                select l.lane, (
                    select q.tenant_id from run_queue q
                    where q.lane = l.lane and q.state = 'ready' order by q.tenant_id limit 1
                ) as tenant_id
                from unnest(p_lanes) as l(lane)
                union all
                select f.lane, (
                    select q.tenant_id from run_queue q
                    where q.lane = f.lane and q.state = 'ready' and q.tenant_id > f.tenant_id
                    order by q.tenant_id limit 1
                )
                from found f where f.tenant_id is not null
            ), active as (
                select f.tenant_id, array_agg(f.lane) as lanes from found f
                where f.tenant_id is not null group by 1
            )
            select a.tenant_id, a.lanes, s.tenant_id is null as is_new,
                   max(coalesce(s.vtime, 0)) over () - c_burst as floor
            from active a
            join tenants_tenant t on t.id = a.tenant_id and t.suspended_at is null
            left join run_tenant s on s.tenant_id = a.tenant_id
            where not v_wait or a.tenant_id = any(v_busy)
            order by greatest(coalesce(s.vtime, 0), max(coalesce(s.vtime, 0)) over () - c_burst)
        loop
            exit when v_left <= 0 or v_served >= c_tenants;
            if v_tenant.is_new then
                insert into run_tenant (tenant_id, vtime, weight) values (v_tenant.tenant_id, 0, 1)
                on conflict do nothing;
            end if;
            if v_wait then
                select s.concurrency, s.weight into v_share from run_tenant s
                where s.tenant_id = v_tenant.tenant_id for no key update;
            else
                select s.concurrency, s.weight into v_share from run_tenant s
                where s.tenant_id = v_tenant.tenant_id for no key update skip locked;
            end if;
            if not found then
                v_busy := v_busy || v_tenant.tenant_id;
                continue;
            end if;
            v_holds := true;
            select coalesce(v_share.concurrency, p_cap)
                   - count(distinct coalesce(q.root, q.execution_id)) into v_room
            from run_queue q where q.tenant_id = v_tenant.tenant_id and q.state = 'leased';
            v_count := 0;
            foreach v_lane in array p_lanes loop
                continue when not v_lane = any(v_tenant.lanes) or v_left <= 0;
                if v_room <= 0 then
                    v_more := true;
                    exit;
                end if;
                v_taken := headrace_take(
                    v_tenant.tenant_id, v_lane, p_worker, p_reader,
                    case when v_lane = 'careful' then 1 else v_left end, v_room, p_registry);
                v_count := v_count + cardinality(v_taken);
                v_left := v_left - cardinality(v_taken);
                v_room := v_room - cardinality(v_taken);
                v_ids := v_ids || v_taken;
            end loop;
            v_more := v_more or v_room <= 0;
            if v_count > 0 then
                v_served := v_served + 1;
                update run_tenant s
                set vtime = greatest(s.vtime, v_tenant.floor) + v_count / s.weight
                where s.tenant_id = v_tenant.tenant_id;
            end if;
            exit when v_wait;
        end loop;
        -- Others claim for every tenant that has work: wait for one of them, holding nothing.
        exit when v_wait or v_holds or cardinality(v_busy) = 0;
        v_wait := true;
    end loop;
    if v_more and cardinality(v_ids) = 0 then
        execution_id := null;
        is_more := true;
        at := clock_timestamp();
        return next;
        return;
    end if;
    return query
        select q.execution_id, q.tenant_id, q.schema::text, q.token, q.wake,
               q.cancel_at is not null, q.last_seq, q.crashes,
               case when q.last_seq = 0 then q.start end, t.slug::text, q.number, q.lane::text,
               v_more or q.concurrency_key is not null, clock_timestamp()
        from run_queue q join tenants_tenant t on t.id = q.tenant_id
        where q.execution_id = any(v_ids);
end $body$;
"""

DROP: Final = """
drop function if exists headrace_claim;
drop function if exists headrace_take;
"""
