-- How does a case begin and move? Functions that see the whole case, for one who has a grant on it, and give little back.

grant create on schema public to {engine};
-- The owner, who creates these functions, is held off the rows that they will see as the engine.
set local check_function_bodies = off;

-- The grant of who is asking, if it stands and no conflict is recorded. The one place where these functions decide.
create function standing_in(of_case uuid) returns access_grant
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select g.* from ctx() c
      join access_grant g on g.agency_id = c.agency_id and g.role = c.role and g.case_id = of_case
     where g.valid_until > now()
       and not exists (select 1 from conflict x where x.user_id = c.account_id and x.case_id = of_case)
$body$;

-- Makes a case with its keys. Whoever opens it holds all that their role may ever hold until its progress is first stored.
create function open_case(new_id uuid, new_reference text, under_version text, in_area text, numbers smallint[], keys bytea[])
returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
    ceiling role_ceiling;
begin
    select * into ceiling from role_ceiling r where r.version = under_version and r.role = who.role and r.write_mask > 0;
    if not found then
        raise exception 'this role opens no case here' using errcode = 'insufficient_privilege';
    end if;
    insert into kase (id, reference, scheme, version, area)
    select new_id, new_reference, v.scheme, v.id, in_area from scheme_version v where v.id = under_version;
    insert into case_key (case_id, compartment, wrapped) select new_id, k.n, k.w from unnest(numbers, keys) k (n, w);
    insert into access_grant (agency_id, role, case_id, read_mask, write_mask)
    values (who.agency_id, who.role, new_id, ceiling.read_mask, ceiling.write_mask);
end
$body$;

-- Everything that happened in a case, still encrypted: what follows from it can only be told from all of it.
create function events_for_evaluation(of_case uuid)
returns table (seq integer, compartment smallint, kind text, recorded_at timestamptz, happened_at timestamptz,
               agency text, author uuid, name text, nonce bytea, ciphertext bytea, wrapped bytea)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if (standing_in(of_case)).case_id is null then
        return;
    end if;
    return query
        select e.seq, e.compartment, e.kind, e.recorded_at, e.happened_at, a.key, e.author_user, p.name,
               e.nonce, e.ciphertext, k.wrapped
          from event e
          join agency a on a.id = e.author_agency
          join account p on p.id = e.author_user
          left join case_key k on k.case_id = e.case_id and k.compartment = e.compartment
         where e.case_id = of_case
         order by e.seq;
end
$body$;

-- Replaces what was concluded about a case and who may do what in it. True where it was done; false where there is no such
-- case for this person to write in. Whoever is behind the newest event is told so by an exception.
create function store_projection(of_case uuid, expected_seq integer, new_progress jsonb, grants jsonb, recheck timestamptz)
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    held kase;
begin
    if coalesce((standing_in(of_case)).write_mask, 0) = 0 then
        return false;
    end if;
    select * into held from kase where id = of_case for no key update;  -- readers hold its key for their audit rows
    if held.head_seq <> expected_seq then
        raise exception 'more has happened in this case' using errcode = 'unique_violation';
    end if;
    insert into case_projection as p (case_id, progress, computed_seq, recheck_at)
    values (of_case, new_progress, expected_seq, recheck)
    on conflict (case_id) do update
       set progress = excluded.progress, computed_seq = excluded.computed_seq, recheck_at = excluded.recheck_at;
    perform replace_grants(of_case, held.version, grants);
    return true;
end
$body$;

create function replace_grants(of_case uuid, under_version text, grants jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if exists (
        select 1 from jsonb_to_recordset(grants) as g (agency text, role text, read_mask integer, write_mask integer)
          left join agency a on a.key = g.agency
          left join role_ceiling r on r.version = under_version and r.role = g.role
         where a.id is null or r.role is null or g.read_mask & ~r.read_mask <> 0 or g.write_mask & ~r.write_mask <> 0
    ) then
        raise exception 'a grant goes beyond its role' using errcode = 'check_violation';
    end if;
    delete from access_grant old
     where old.case_id = of_case and not exists (
        select 1 from jsonb_to_recordset(grants) as g (agency text, role text) join agency a on a.key = g.agency
         where a.id = old.agency_id and g.role = old.role);
    insert into access_grant as old (agency_id, role, case_id, read_mask, write_mask, valid_until, is_open, stage, needs_us,
                                     due_at, opens_at, next_step, waiting_on, last_at)
    select a.id, g.role, of_case, g.read_mask, g.write_mask, g.valid_until, g.is_open, g.stage, g.needs_us,
           g.due_at, g.opens_at, g.next_step, g.waiting_on, g.last_at
      from jsonb_to_recordset(grants) as g (
           agency text, role text, read_mask integer, write_mask integer, valid_until timestamptz, is_open boolean,
           stage text, needs_us boolean, due_at timestamptz, opens_at timestamptz, next_step text, waiting_on text,
           last_at timestamptz)
      join agency a on a.key = g.agency
    on conflict (agency_id, role, case_id) do update
       set read_mask = excluded.read_mask, write_mask = excluded.write_mask, valid_until = excluded.valid_until,
           is_open = excluded.is_open, stage = excluded.stage, needs_us = excluded.needs_us, due_at = excluded.due_at,
           opens_at = excluded.opens_at, next_step = excluded.next_step, waiting_on = excluded.waiting_on,
           last_at = excluded.last_at;
end
$body$;

-- Who recorded event `at_seq`, for one who was overtaken by it. Its kind only where its compartment may be read.
create function who_came_first(of_case uuid, at_seq integer)
returns table (agency text, name text, kind text, recorded_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select a.title, p.name, case when (mine.read_mask >> e.compartment) & 1 = 1 then e.kind end, e.recorded_at
      from standing_in(of_case) mine
      join event e on e.case_id = mine.case_id and e.seq = at_seq
      join agency a on a.id = e.author_agency
      join account p on p.id = e.author_user
$body$;

grant execute on function
    open_case(uuid, text, text, text, smallint[], bytea[]),
    events_for_evaluation(uuid),
    store_projection(uuid, integer, jsonb, jsonb, timestamptz),
    who_came_first(uuid, integer)
to {app};

alter function standing_in(uuid) owner to {engine};
alter function open_case(uuid, text, text, text, smallint[], bytea[]) owner to {engine};
alter function events_for_evaluation(uuid) owner to {engine};
alter function store_projection(uuid, integer, jsonb, jsonb, timestamptz) owner to {engine};
alter function replace_grants(uuid, text, jsonb) owner to {engine};
alter function who_came_first(uuid, integer) owner to {engine};

revoke create on schema public from {engine};
