-- How does a record go? What is due is noted, holds stop it, two people agree, and the keys are destroyed with all that
-- pointed to the person. What remains: a certificate, and a coarse row for the figures. Nothing here is personal.

grant create on schema public to {engine};
set local check_function_bodies = off;

-- Why a record must stay although its time has come. `file` is the number under which somebody else keeps the matter.
create table retention_hold (
    id uuid primary key,
    case_id uuid not null references kase,
    ground text not null check (ground in ('litigation', 'safeguarding', 'complaint', 'inquiry')),
    file text not null check (file ~ '^[A-Za-z0-9 ./-]{0,40}$'),
    placed_by uuid not null references account,
    placed_at timestamptz not null default clock_timestamp(),
    lifted_by uuid references account,
    lifted_at timestamptz,
    check (num_nonnulls(lifted_by, lifted_at) in (0, 2))
);
create index retention_hold_of_case on retention_hold (case_id) where lifted_at is null;

-- What the time of retention has passed of, found by a task that opens no record.
create table disposal_due (
    case_id uuid primary key references kase,
    outcome text not null,
    rule text not null,
    ended timestamptz not null,
    due_at timestamptz not null,
    noted timestamptz not null default now()
);

-- That a record was destroyed: kept for ever. `certificate` is what the ledger outside the database holds as well.
create table disposal (
    number text primary key check (number ~ '^D-[0-9A-Z]{4}-[0-9A-Z]{4}$'),
    case_id uuid not null unique references kase,
    reference_digest bytea not null check (octet_length(reference_digest) = 32),
    agencies integer[] not null,
    carried_out timestamptz not null,
    certificate jsonb not null
);
create index disposal_by_digest on disposal (reference_digest);
create trigger stays before update or delete on disposal for each row execute function refuse_change();
create trigger stays_whole before truncate on disposal for each statement execute function refuse_change();

-- What the figures need of a case whose record is gone: months and codes. Nothing leads from here to the case.
-- `seen_by`: for whom, as "agency/role", it counts; whoever could count the case before.
create table figure (
    id uuid primary key default gen_random_uuid(),
    scheme text not null,
    version text not null,
    area text not null,
    opened date not null check (extract(day from opened) = 1),
    closed date not null check (extract(day from closed) = 1),
    outcome text not null,
    answers jsonb not null,
    seen_by text[] not null
);
create index figure_of_scheme on figure (scheme, area);
create trigger stays before update or delete on figure for each row execute function refuse_change();
create trigger stays_whole before truncate on figure for each statement execute function refuse_change();

-- Once destroyed, nothing of a case comes back: no key, no grant, no name, no token.
create function refuse_revival() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if exists (select 1 from disposal d where d.case_id = new.case_id) then
        raise exception 'the record of this case was destroyed' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$body$;
create trigger gone before insert on case_key for each row execute function refuse_revival();
create trigger gone before insert on access_grant for each row execute function refuse_revival();
create trigger gone before insert on case_projection for each row execute function refuse_revival();
create trigger gone before insert on case_summary for each row execute function refuse_revival();
create trigger gone before insert on search_token for each row execute function refuse_revival();

-- The tables that keep something of a case after its record was destroyed: what was encrypted, with no key to it; who read
-- and did what, without what they wrote; who was kept from it, and still is; and that it was destroyed. Every other table that names cases is emptied of it.
create function tables_that_stay() returns name[]
language sql immutable set search_path = pg_catalog, public, pg_temp
as $body$ select '{event,audit_entry,proposal,disposal,retention_hold,emergency,alarm,pack,conflict,conflict_lifted}'::name[] $body$;

create function tables_that_go() returns setof name
language sql stable set search_path = pg_catalog, public, pg_temp
as $body$
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'case_id'
       and a.atttypid = 'uuid'::regtype and not a.attisdropped and c.relname <> all (tables_that_stay())
     order by c.relname
$body$;

-- Whether who is asking looks after records of this case's agencies and is not kept from this case.
create function oversees(of_case uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select coalesce(bool_or(
        'oversight' = any (c.duties)
        and not exists (select 1 from conflict x where x.user_id = c.account_id and x.case_id = of_case)
        and exists (select 1 from access_grant g where g.case_id = of_case and g.agency_id = c.agency_id
                                                   and (c.areas is null or g.area = any (c.areas)))
    ), false) from ctx() c
$body$;

-- The records of one's own agency whose time has passed, or on which a hold stands.
create function records_due() returns table (
    case_id uuid, reference text, scheme text, version text, area text, outcome text, rule text, ended timestamptz,
    due_at timestamptz, holds text[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select k.id, k.reference, k.scheme, k.version, k.area, coalesce(d.outcome, ''), coalesce(d.rule, ''), d.ended, d.due_at,
           coalesce(h.grounds, '{}')
      from kase k
      left join disposal_due d on d.case_id = k.id
      left join lateral (select array_agg(h.ground order by h.placed_at) as grounds from retention_hold h
                          where h.case_id = k.id and h.lifted_at is null) h on true
     where (d.case_id is not null or h.grounds is not null) and oversees(k.id)
     order by d.due_at nulls last, k.id
$body$;

-- One record, for the same people, by its reference: where it stands and what its scheme's rule looks at.
create function record_kept(by_reference text) returns table (
    case_id uuid, reference text, scheme text, version text, area text, opened_at timestamptz, seq integer, progress jsonb,
    rule text, due_at timestamptz, holds jsonb)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select k.id, k.reference, k.scheme, k.version, k.area, k.opened_at, k.head_seq, p.progress, d.rule, d.due_at,
           (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'ground', h.ground, 'file', h.file, 'by', a.name,
                                                         'at', h.placed_at) order by h.placed_at), '[]')
              from retention_hold h join account a on a.id = h.placed_by where h.case_id = k.id and h.lifted_at is null)
      from kase k join case_projection p on p.case_id = k.id left join disposal_due d on d.case_id = k.id
     where k.reference = by_reference and oversees(k.id)
$body$;

-- Places a hold. It and a disposal wait for each other: whichever comes second sees the first.
create function place_hold(new_id uuid, of_case uuid, on_ground text, under_file text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    perform 1 from kase where id = of_case for no key update;
    if not oversees(of_case) then
        return false;
    end if;
    insert into retention_hold (id, case_id, ground, file, placed_by)
    values (new_id, of_case, on_ground, under_file, (ctx()).account_id) on conflict (id) do nothing;
    return true;
end
$body$;

create function lift_hold(of_hold uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    of_case uuid := (select h.case_id from retention_hold h where h.id = of_hold);
begin
    perform 1 from kase where id = of_case for no key update;
    if of_case is null or not oversees(of_case) or not (ctx()).stepped_up then
        return false;
    end if;
    update retention_hold set lifted_by = (ctx()).account_id, lifted_at = clock_timestamp()
     where id = of_hold and lifted_at is null;
    return found;
end
$body$;

-- What has ended and is not noted as due: what was concluded about it, nothing of what was told. For the task.
create function ended_records() returns table (case_id uuid, version text, progress jsonb)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select k.id, k.version, p.progress from kase k join case_projection p on p.case_id = k.id
     where p.progress ->> 'outcome' not in ('open', 'stopped')
       and not exists (select 1 from disposal_due d where d.case_id = k.id)
     order by k.id
$body$;

create function note_due(of_case uuid, with_outcome text, by_rule text, when_ended timestamptz, since timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    insert into disposal_due (case_id, outcome, rule, ended, due_at)
    values (of_case, with_outcome, by_rule, when_ended, since) on conflict (case_id) do nothing
$body$;

-- What is encrypted of a case, for the engine to take from it what the figures need: once two people have agreed that it
-- goes, for one of them.
create function events_for_disposal(of_proposal uuid) returns table (
    seq integer, compartment smallint, kind text, recorded_at timestamptz, happened_at timestamptz, agency text, author uuid,
    name text, nonce bytea, ciphertext bytea, wrapped bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select e.* from ctx() c
      join proposal p on p.id = of_proposal and p.kind = 'erase' and p.agreed and p.carried_out is null
                     and p.expires > clock_timestamp() and c.account_id in (p.proposed_by, p.decided_by) and c.stepped_up
     cross join lateral events_of(p.case_id) e
$body$;

create function events_of(of_case uuid) returns table (
    seq integer, compartment smallint, kind text, recorded_at timestamptz, happened_at timestamptz, agency text, author uuid,
    name text, nonce bytea, ciphertext bytea, wrapped bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select e.seq, e.compartment, e.kind, e.recorded_at, e.happened_at, a.key, e.author_user, p.name,
           e.nonce, e.ciphertext, k.wrapped
      from event e
      join agency a on a.id = e.author_agency
      join account p on p.id = e.author_user
      left join case_key k on k.case_id = e.case_id and k.compartment = e.compartment
     where e.case_id = of_case
     order by e.seq
$body$;

-- Destroys what leads to the person, and sees to it that nothing is left. The one place where records are destroyed.
create function destroy_record(of_case uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    place name;
    left_over boolean;
begin
    for place in select * from tables_that_go() loop
        execute format('delete from %I where case_id = $1', place) using of_case;
        execute format('select exists (select 1 from %I where case_id = $1)', place) into left_over using of_case;
        if left_over then
            raise exception 'something of the record is left in %', place using errcode = 'integrity_constraint_violation';
        end if;
    end loop;
    delete from crossing where of_case in (one_case, other_case);
    update pack set sealed = null where case_id = of_case and sealed is not null;
end
$body$;

-- Keeps the certificate and the figure, and destroys the record. Months and readers are what they were a moment before.
create function keep_and_destroy(of_case uuid, with_number text, certificate jsonb, counted jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    insert into figure (scheme, version, area, opened, closed, outcome, answers, seen_by)
    values (certificate ->> 'scheme', certificate ->> 'version', certificate ->> 'area',
            (certificate ->> 'opened')::date, (certificate ->> 'closed')::date, certificate ->> 'outcome', counted,
            array(select jsonb_array_elements_text(certificate -> 'seen_by')));
    perform destroy_record(of_case);
    insert into disposal (number, case_id, reference_digest, agencies, carried_out, certificate)
    select with_number, k.id, sha256(convert_to(k.reference, 'UTF8')),
           array(select a.id from agency a where a.key in (
               select split_part(s, '/', 1) from jsonb_array_elements_text(certificate -> 'seen_by') s)),
           (certificate ->> 'carried_out')::timestamptz, certificate
      from kase k where k.id = of_case;
end
$body$;

-- Carries out what two people agreed to, in their transaction. `said` is what the application knows of rule and source; who
-- and when, this adds. Returns the certificate; null where it may not be: no agreement, a hold, a case that is open, or a
-- time that has not passed.
create function dispose(of_proposal uuid, with_number text, said jsonb, counted jsonb, bound_to bytea) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    held proposal;
    whole jsonb;
begin
    select * into held from proposal p where p.id = of_proposal and p.kind = 'erase';
    perform 1 from kase where id = held.case_id for no key update;
    if not exists (select 1 from case_projection p where p.case_id = held.case_id
                      and p.progress ->> 'outcome' not in ('open', 'stopped'))
       or exists (select 1 from retention_hold h where h.case_id = held.case_id and h.lifted_at is null)
       or (held.subject = 'retention' and not exists (
               select 1 from disposal_due d where d.case_id = held.case_id and d.due_at <= now()))
       or held.subject not in ('retention', 'request')
       or not carry_out_proposal(of_proposal, 'erase', held.case_id, held.subject, bound_to) then
        return null;
    end if;
    select said || jsonb_build_object(
               'number', with_number, 'case', k.id, 'reference_digest', encode(sha256(convert_to(k.reference, 'UTF8')), 'hex'),
               'scheme', k.scheme, 'version', k.version, 'area', k.area, 'outcome', p.progress ->> 'outcome',
               'opened', to_char(least(k.opened_at, t.first) at time zone 'Europe/London', 'YYYY-MM-"01"'),
               'closed', to_char(t.last at time zone 'Europe/London', 'YYYY-MM-"01"'),
               'reason', held.subject, 'proposed_by', held.proposed_by, 'proposed_at', held.proposed_at,
               'agreed_by', held.decided_by, 'agreed_at', held.decided_at, 'carried_out', clock_timestamp(),
               'seen_by', (select coalesce(jsonb_agg(distinct a.key || '/' || g.role), '[]') from access_grant g
                             join agency a on a.id = g.agency_id
                            where g.case_id = k.id and g.account_id is null and g.valid_until > now()))
      into whole
      from kase k join case_projection p on p.case_id = k.id
      join lateral (select min((e ->> 'at')::timestamptz) as first, max((e ->> 'at')::timestamptz) as last
                      from jsonb_array_elements(p.progress -> 'done') e) t on true
     where k.id = held.case_id;
    perform keep_and_destroy(held.case_id, with_number, whole, counted);
    return whole;
end
$body$;

-- Destroys again what an old copy of the database brought back. By the owner, from the ledger outside the database; false
-- where there is no such case here, or it is gone already.
create function dispose_again(certificate jsonb, counted jsonb) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    of_case uuid := (certificate ->> 'case')::uuid;
begin
    perform 1 from kase where id = of_case for no key update;
    if not found or exists (select 1 from disposal d where d.case_id = of_case) then
        return false;
    end if;
    perform keep_and_destroy(of_case, certificate ->> 'number', certificate, counted);
    return true;
end
$body$;

-- Which of these cases, destroyed according to the ledger, could still be opened here.
create function still_here(cases uuid[]) returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select k.id from kase k where k.id = any (cases)
       and (not exists (select 1 from disposal d where d.case_id = k.id)
            or exists (select 1 from case_key y where y.case_id = k.id)
            or exists (select 1 from access_grant g where g.case_id = k.id))
$body$;

-- Every certificate, oldest first, for comparing with the ledger.
create function all_disposals() returns table (certificate jsonb)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$ select d.certificate from disposal d order by d.carried_out, d.number $body$;

-- The engine destroys in every table that names cases and does not stay.
do $$
declare
    place name;
begin
    for place in select * from tables_that_go() loop
        execute format('grant select, delete on %I to {engine}', place);
        if not exists (select 1 from pg_policy p where p.polrelid = format('public.%I', place)::regclass
                          and p.polname = 'engine' and p.polcmd in ('*', 'd')) then
            execute format('create policy engine_destroys on %I for delete to {engine} using (true)', place);
        end if;
    end loop;
end $$;
grant select, delete on crossing to {engine};
grant select, update (sealed) on pack to {engine};

grant execute on function
    records_due(), record_kept(text), place_hold(uuid, uuid, text, text), lift_hold(uuid), events_for_disposal(uuid),
    dispose(uuid, text, jsonb, jsonb, bytea)
to {app};
grant execute on function still_here(uuid[]) to {door};

alter function refuse_revival() owner to {engine};
alter function tables_that_stay() owner to {engine};
alter function tables_that_go() owner to {engine};
alter function oversees(uuid) owner to {engine};
alter function records_due() owner to {engine};
alter function record_kept(text) owner to {engine};
alter function place_hold(uuid, uuid, text, text) owner to {engine};
alter function lift_hold(uuid) owner to {engine};
alter function ended_records() owner to {engine};
alter function note_due(uuid, text, text, timestamptz, timestamptz) owner to {engine};
alter function events_for_disposal(uuid) owner to {engine};
alter function events_of(uuid) owner to {engine};
alter function destroy_record(uuid) owner to {engine};
alter function keep_and_destroy(uuid, text, jsonb, jsonb) owner to {engine};
alter function dispose(uuid, text, jsonb, jsonb, bytea) owner to {engine};
alter function dispose_again(jsonb, jsonb) owner to {engine};
alter function still_here(uuid[]) owner to {engine};
alter function all_disposals() owner to {engine};
-- What is done at nobody's request: the owner may, the application may not. A compartment goes by no other way now.
set local role {engine};
grant execute on function ended_records(), note_due(uuid, text, text, timestamptz, timestamptz), events_of(uuid),
    dispose_again(jsonb, jsonb), still_here(uuid[]), all_disposals() to {owner};
reset role;

alter table retention_hold enable row level security, force row level security;
alter table disposal_due enable row level security, force row level security;
alter table disposal enable row level security, force row level security;
alter table figure enable row level security, force row level security;

-- Certificates are for those who look after records in an agency that had part in the case; figures for whoever counted it.
-- The coded answers are nobody's to read one by one: totals will be made of them.
grant select on disposal to {app};
grant select (id, scheme, version, area, opened, closed, outcome, seen_by) on figure to {app};
create policy overseen on disposal for select to {app}
    using ((select (ctx()).agency_id) = any (agencies) and 'oversight' = any ((select (ctx()).duties)::text[]));
-- Somebody who was kept from the case learns nothing of its end either.
create policy conflict on disposal as restrictive for all to {app}
    using (not exists (select 1 from conflict x where x.user_id = (select (ctx()).account_id) and x.case_id = disposal.case_id));
create policy counted on figure for select to {app}
    using (exists (select 1 from agency a where a.id = (select (ctx()).agency_id)
                      and a.key || '/' || (select (ctx()).role) = any (figure.seen_by))
           and ((select (ctx()).areas) is null or scheme || '/' || area = any ((select (ctx()).areas)::text[])));

grant select, insert, update on retention_hold to {engine};
grant select, insert, delete on disposal_due to {engine};
grant select, insert on disposal, figure to {engine};
create policy engine on retention_hold for all to {engine} using (true) with check (true);
create policy engine on disposal_due for all to {engine} using (true) with check (true);
create policy engine on disposal for all to {engine} using (true) with check (true);
create policy engine on figure for all to {engine} using (true) with check (true);

revoke create on schema public from {engine};
