-- What else does it take to say who may see a case? Teams kept to areas, duties, deputies, a proof of lately, and grants
-- that are given by an act: to one person, for a time, beside what the procedure gives.

grant create on schema public to {engine};
set local check_function_bodies = off;

-- People of an agency who work in some areas only, each written "scheme/area". No team: the whole agency's.
create table team (
    id uuid primary key,
    agency_id integer not null references agency,
    title text not null check (title <> ''),
    areas text[] not null check (array_to_string(areas, ',') ~ '^[a-z0-9_/,]*$'),  -- no mark that parts a context
    unique (agency_id, title)
);

alter table account add column team_id uuid references team;
alter table account add column duties text[] not null default '{}'
    check (duties <@ '{administrator,oversight,specialist}'::text[]);

-- Somebody who plays a colleague's part while that colleague is away.
create table deputy (
    id uuid primary key,
    account_id uuid not null references account,
    for_account uuid not null references account,
    starts timestamptz not null,
    ends timestamptz not null,
    made_by uuid not null references account,
    check (account_id <> for_account),
    check (starts < ends)
);
create index deputy_of_account on deputy (account_id, ends);

alter table sign_in_session add column deputy_id uuid references deputy;
alter table sign_in_session add column stepped_up timestamptz;

alter type standing add attribute duties text[], add attribute areas text[], add attribute stepped_up boolean,
    add attribute acting_for uuid;

-- What the engine owns, it alone may replace.
set local role {engine};

-- 0008 has begin_ctx say all of this: a deputy plays the part of the colleague, in that colleague's areas, with duties of
-- their own.

-- Who is asking, if begin_ctx said so here and now. Call it as (select ...): once for each query, not for each row.
create or replace function ctx() returns standing
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, public, pg_temp
as $body$
declare
    claim text := nullif(current_setting('sanctuary.ctx', true), '');
    body text := substr(claim, 66);
    part text[];
begin
    if claim is null or left(claim, 64) is distinct from ctx_seal(body) then
        return null;
    end if;
    part := string_to_array(body, '|');
    if part[1] || '|' || part[2] is distinct from ctx_here() then
        return null;
    end if;
    return row(part[3]::uuid, part[4]::integer, part[5], string_to_array(part[6], ','),
               case when part[7] <> '*' then string_to_array(part[7], ',') end, part[8] = '1',
               nullif(part[9], '')::uuid)::standing;
end
$body$;

reset role;

-- Grants stand beside each other, and what they allow adds up. `basis` 0: by the procedure; positive: by the event of that
-- number; negative: what the procedure will still give when the row beside it ends. With an account: that person's alone.
alter table access_grant
    add column account_id uuid references account,
    add column basis integer not null default 0,
    add column area text not null default '',
    add column in_list boolean not null default true;
alter table access_grant drop constraint access_grant_pkey;
alter table access_grant add primary key (agency_id, role, case_id, basis);
set local role {engine};
set local row_security = on;  -- the engine's own policies let it
update access_grant g set area = k.scheme || '/' || k.area from kase k where k.id = g.case_id;
set local row_security = off;
reset role;

drop index access_grant_of_case, access_grant_our_turn, access_grant_lately;
create index access_grant_of_case on access_grant (case_id, agency_id, role)
    include (read_mask, write_mask, valid_until, account_id, area);
create index access_grant_our_turn on access_grant (agency_id, role, due_at, case_id)
    where is_open and needs_us and in_list;
-- With all that is asked of each grant, so that whole worklists are counted in the index alone.
create index access_grant_lately on access_grant (agency_id, role, last_at desc, case_id)
    include (needs_us, opens_at, valid_until, account_id, area) where is_open and in_list;

alter policy granted on access_grant
    using ((agency_id, role) = (select c.agency_id, c.role from ctx() c) and valid_until > now()
           and case when account_id is null
                    then (select (ctx()).areas) is null or area = any ((select (ctx()).areas)::text[])
                    else account_id = (select (ctx()).account_id) end);

set local role {engine};

-- What the grants of who is asking add up to, if any stands and no conflict is recorded. The one place where the functions
-- that see the whole case decide.
create or replace function standing_in(of_case uuid) returns access_grant
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select g.agency_id, g.role, g.case_id, bit_or(g.read_mask), bit_or(g.write_mask), max(g.valid_until), bool_or(g.is_open),
           '', false, null::timestamptz, null::timestamptz, '', '', max(g.last_at), null::uuid, 0, min(g.area), true
      from ctx() c
      join access_grant g on g.agency_id = c.agency_id and g.role = c.role and g.case_id = of_case
     where g.valid_until > now()
       and case when g.account_id is null then c.areas is null or g.area = any (c.areas) else g.account_id = c.account_id end
       and not exists (select 1 from conflict x where x.user_id = c.account_id and x.case_id = of_case)
     group by g.agency_id, g.role, g.case_id
$body$;

-- Makes a case with its keys. Whoever opens it holds all that their role may ever hold until its progress is first stored.
create or replace function open_case(
    new_id uuid, new_reference text, under_version text, in_area text, numbers smallint[], keys bytea[])
returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
    ceiling role_ceiling;
    place text;
begin
    select * into ceiling from role_ceiling r where r.version = under_version and r.role = who.role and r.write_mask > 0;
    select v.scheme || '/' || in_area into place from scheme_version v where v.id = under_version;
    if ceiling.role is null or place <> all (who.areas) then
        raise exception 'this role opens no case here' using errcode = 'insufficient_privilege';
    end if;
    insert into kase (id, reference, scheme, version, area)
    select new_id, new_reference, v.scheme, v.id, in_area from scheme_version v where v.id = under_version;
    insert into case_key (case_id, compartment, wrapped) select new_id, k.n, k.w from unnest(numbers, keys) k (n, w);
    insert into access_grant (agency_id, role, case_id, read_mask, write_mask, area)
    values (who.agency_id, who.role, new_id, ceiling.read_mask, ceiling.write_mask, place);
end
$body$;

create or replace function replace_grants(of_case uuid, under_version text, grants jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    place text := (select k.scheme || '/' || k.area from kase k where k.id = of_case);
begin
    if exists (
        select 1 from jsonb_to_recordset(grants) as g (agency text, role text, read_mask integer, write_mask integer, account uuid)
          left join agency a on a.key = g.agency
          left join role_ceiling r on r.version = under_version and r.role = g.role
          left join account p on p.id = g.account
         where a.id is null or r.role is null or g.read_mask & ~r.read_mask <> 0 or g.write_mask & ~r.write_mask <> 0
            or (g.account is not null and p.agency_id is distinct from a.id)
    ) then
        raise exception 'a grant goes beyond its role' using errcode = 'check_violation';
    end if;
    delete from access_grant old
     where old.case_id = of_case and not exists (
        select 1 from jsonb_to_recordset(grants) as g (agency text, role text, basis integer) join agency a on a.key = g.agency
         where a.id = old.agency_id and g.role = old.role and g.basis = old.basis);
    insert into access_grant as old (agency_id, role, case_id, read_mask, write_mask, valid_until, is_open, stage, needs_us,
                                     due_at, opens_at, next_step, waiting_on, last_at, account_id, basis, area, in_list)
    select a.id, g.role, of_case, g.read_mask, g.write_mask, g.valid_until, g.is_open, g.stage, g.needs_us,
           g.due_at, g.opens_at, g.next_step, g.waiting_on, g.last_at, g.account, g.basis, place, g.in_list
      from jsonb_to_recordset(grants) as g (
           agency text, role text, read_mask integer, write_mask integer, valid_until timestamptz, is_open boolean,
           stage text, needs_us boolean, due_at timestamptz, opens_at timestamptz, next_step text, waiting_on text,
           last_at timestamptz, account uuid, basis integer, in_list boolean)
      join agency a on a.key = g.agency
    on conflict (agency_id, role, case_id, basis) do update
       set read_mask = excluded.read_mask, write_mask = excluded.write_mask, valid_until = excluded.valid_until,
           is_open = excluded.is_open, stage = excluded.stage, needs_us = excluded.needs_us, due_at = excluded.due_at,
           opens_at = excluded.opens_at, next_step = excluded.next_step, waiting_on = excluded.waiting_on,
           last_at = excluded.last_at, account_id = excluded.account_id, area = excluded.area, in_list = excluded.in_list;
end
$body$;

reset role;

alter table team enable row level security, force row level security;
alter table deputy enable row level security, force row level security;

-- Partners may know who has which duty and works where; whose deputy somebody is, only their own agency.
grant select on team, deputy to {app};
grant select (team_id, duties) on account to {app};
create policy colleagues on team for select to {app} using ((select (ctx()).account_id) is not null);
create policy colleagues on deputy for select to {app}
    using (exists (select 1 from account p where p.id = deputy.account_id and p.agency_id = (select (ctx()).agency_id)));

grant select, insert, update, delete on team, deputy to {engine};
create policy engine on team for all to {engine} using (true) with check (true);
create policy engine on deputy for all to {engine} using (true) with check (true);
-- The owner arranges them, as it does agencies and accounts.
create policy owner on team for all to current_user using (true) with check (true);
create policy owner on deputy for all to current_user using (true) with check (true);

revoke create on schema public from {engine};
