-- Who looked at what, and what is not as it should be? Alarms, jobs, and a chain over every reading and every writing.

grant create on schema public to {engine};
set local check_function_bodies = off;

-- Something that a person with oversight is to look at. What kinds there are, and what to do, core/alarms.py says.
-- `detail` is a pattern's or a page's name; nothing here tells anything of anybody but what the closing words, sealed, say.
create table alarm (
    id uuid primary key default gen_random_uuid(),
    kind text not null check (kind ~ '^[a-z][a-z0-9_]*$'),
    detail text not null default '' check (detail ~ '^[a-z0-9_]*$'),
    case_id uuid references kase,
    about_account uuid references account,
    raised_by uuid references account,
    raised_at timestamptz not null default now(),
    for_all boolean not null,
    taken_by uuid references account,
    taken_at timestamptz,
    closed_by uuid references account,
    closed_at timestamptz,
    outcome text not null default '' check (outcome ~ '^[a-z0-9_]*$'),
    nonce bytea check (octet_length(nonce) = 12),
    words bytea,
    check ((closed_at is null) = (outcome = '')),
    check (num_nulls(closed_at, closed_by, nonce, words) in (0, 4)),
    check (num_nulls(taken_at, taken_by) in (0, 2))
);
create index alarm_open on alarm (raised_at) where closed_at is null;

-- What ran beside the site, when, and what came of it: codes and figures.
create table job_run (
    id bigint generated always as identity primary key,
    name text not null check (name ~ '^[a-z][a-z0-9_]*$'),
    at timestamptz not null default now(),
    outcome text not null check (outcome in ('done', 'failed')),
    figure text not null default '' check (figure ~ '^[a-zA-Z0-9 ,.:_-]{0,80}$')
);
create index job_run_lately on job_run (name, at desc);

-- Whether somebody with oversight may deal with an alarm about this case and person: never whom it is about, nor one who is
-- excluded from the case; otherwise those of the agencies that have a part in it, or, where these have nobody, all.
create function looks_after(who uuid, of_case uuid, about uuid, for_all boolean) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select who is distinct from about
       and not exists (select 1 from conflict x where x.user_id = who and x.case_id = of_case)
       and (for_all
            or exists (select 1 from account p where p.id = about and p.agency_id = a.agency_id)
            or exists (select 1 from access_grant g where g.case_id = of_case and g.agency_id = a.agency_id))
      from account a where a.id = who and a.is_active and 'oversight' = any (a.duties)
$body$;

-- Raises an alarm in the transaction of what it is about. The same one, while nobody has taken it, is not raised twice.
create function raise_alarm(of_kind text, of_case uuid, about uuid, in_detail text default '') returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := (ctx()).account_id;
    found_id uuid;
begin
    select a.id into found_id from alarm a
     where a.closed_at is null and a.taken_at is null and a.kind = of_kind and a.detail = in_detail
       and a.case_id is not distinct from of_case and a.about_account is not distinct from about
       and a.raised_by is not distinct from who
     limit 1;
    if found_id is null then
        insert into alarm (kind, detail, case_id, about_account, raised_by, for_all)
        values (of_kind, in_detail, of_case, about, who, not exists (
            select 1 from account p where 'oversight' = any (p.duties) and looks_after(p.id, of_case, about, false)))
        returning id into found_id;
    end if;
    return found_id;
end
$body$;

-- The alarms that who is asking looks after, those still open first and the newest first.
create function alarms_looked_after(only_open boolean, at_most integer, skipping integer)
returns table (id uuid, kind text, detail text, case_id uuid, reference text, about uuid, about_name text, about_agency text,
               raised_at timestamptz, taken_by uuid, taken_name text, taken_at timestamptz, closed_name text,
               closed_at timestamptz, outcome text, nonce bytea, words bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select a.id, a.kind, a.detail, a.case_id, k.reference, a.about_account, p.name, g.title, a.raised_at,
           a.taken_by, t.name, a.taken_at, c.name, a.closed_at, a.outcome, a.nonce, a.words
      from alarm a
      left join kase k on k.id = a.case_id
      left join account p on p.id = a.about_account
      left join agency g on g.id = p.agency_id
      left join account t on t.id = a.taken_by
      left join account c on c.id = a.closed_by
     where (a.closed_at is null or not only_open)
       and looks_after((select (ctx()).account_id), a.case_id, a.about_account, a.for_all)
     order by a.closed_at is not null, a.raised_at desc, a.id
     limit at_most offset skipping
$body$;

-- True where it is now theirs to deal with; false where there is none for them, or somebody else has it.
create function take_alarm(which uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := (ctx()).account_id;
begin
    update alarm a set taken_by = who, taken_at = now()
     where a.id = which and a.taken_at is null and a.closed_at is null
       and looks_after(who, a.case_id, a.about_account, a.for_all);
    return found;
end
$body$;

-- True where it is closed with this; false where there is none for them, it is closed, or somebody else has taken it.
create function close_alarm(which uuid, with_outcome text, with_nonce bytea, with_words bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := (ctx()).account_id;
begin
    update alarm a set closed_by = who, closed_at = now(), outcome = with_outcome, nonce = with_nonce, words = with_words
     where a.id = which and a.closed_at is null and a.taken_by = who
       and looks_after(who, a.case_id, a.about_account, a.for_all);
    return found;
end
$body$;

grant execute on function
    raise_alarm(text, uuid, uuid, text),
    alarms_looked_after(boolean, integer, integer),
    take_alarm(uuid),
    close_alarm(uuid, text, bytea, bytea)
to {app};

alter function looks_after(uuid, uuid, uuid, boolean) owner to {engine};
alter function raise_alarm(text, uuid, uuid, text) owner to {engine};
alter function alarms_looked_after(boolean, integer, integer) owner to {engine};
alter function take_alarm(uuid) owner to {engine};
alter function close_alarm(uuid, text, bytea, bytea) owner to {engine};
-- Jobs raise alarms too, at nobody's request.
set local role {engine};
grant execute on function raise_alarm(text, uuid, uuid, text) to {owner};
reset role;

alter table alarm enable row level security, force row level security;
alter table job_run enable row level security, force row level security;

grant select, insert, update on alarm to {engine};
create policy engine on alarm for all to {engine} using (true) with check (true);
-- Nothing in it belongs to a case.
create policy owner on job_run for all to current_user using (true) with check (true);

revoke create on schema public from {engine};
