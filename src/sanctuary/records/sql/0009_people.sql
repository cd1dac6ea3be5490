-- Who looks after the people of an agency? Changes, endings, teams and deputies, by an administrator of their own who proved
-- lately who they are; and a note of each. Whose part may be played where, the application looks up.

grant create on schema public to {engine};
set local check_function_bodies = off;

-- A way in for one person. Of the link and of the code that goes with it only hashes are kept, the code's with the link's
-- token in it, so that a stolen table opens nothing. With `account_id`: the account's way in is set up anew. Whom it was for
-- is forgotten a month after its last day (tidy_sign_in): who came has an account, and of who did not, nothing is kept.
create table invitation (
    id uuid primary key,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    code_hash bytea not null check (octet_length(code_hash) = 32),
    email text check (email = lower(email)),
    name text check (name <> ''),
    agency_id integer not null references agency,
    role text not null check (role ~ '^[a-z][a-z0-9_]*$'),
    team_id uuid references team on delete set null,
    duties text[] not null check (duties <@ '{administrator,oversight,specialist}'::text[]),
    account_id uuid references account,
    invited_by uuid references account,  -- null: whoever runs the site
    made timestamptz not null default now(),
    expires timestamptz not null default now() + interval '7 days',
    tries smallint not null default 0,
    accepted_at timestamptz,
    withdrawn_at timestamptz,
    check (num_nulls(email, name) in (0, 2)),
    check (email is not null or num_nonnulls(accepted_at, withdrawn_at) > 0)
);
create index invitation_of_agency on invitation (agency_id, made);
create unique index invitation_pending on invitation (agency_id, email) where accepted_at is null and withdrawn_at is null;

-- What was done about people, and by whom; nobody: whoever runs the site.
create table people_log (
    id uuid primary key default gen_random_uuid(),
    at timestamptz not null default clock_timestamp(),
    agency_id integer not null references agency,
    act text not null check (act ~ '^[a-z][a-z_]*$'),
    by_account uuid references account,
    account_id uuid references account,
    for_account uuid references account,
    invitation_id uuid references invitation,
    detail jsonb not null default '{}'
);
create index people_log_of_agency on people_log (agency_id, at);
create trigger stays before update or delete on people_log for each row execute function refuse_change();
create trigger stays_whole before truncate on people_log for each statement execute function refuse_change();

-- For whom somebody acted when they recorded something.
alter table event add column author_for uuid references account;
alter table event alter column author_for set default (ctx()).acting_for;

-- An agency that has an administrator keeps one. Two who end each other at the same moment wait for each other here.
create function keep_an_administrator() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if not (old.is_active and 'administrator' = any (old.duties))
       or coalesce(new.is_active and 'administrator' = any (new.duties) and new.agency_id = old.agency_id, false) then
        return null;
    end if;
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'administrators are changed in a transaction that sees what others commit' using errcode = 'active_sql_transaction';
    end if;
    perform pg_advisory_xact_lock(hashtext('administrators'), old.agency_id);
    if not exists (select 1 from account a
                    where a.agency_id = old.agency_id and a.is_active and 'administrator' = any (a.duties)) then
        raise exception 'an agency keeps its last administrator'
            using errcode = 'integrity_constraint_violation', constraint = 'last_administrator';
    end if;
    return null;
end
$body$;
create constraint trigger last_administrator after update or delete on account
    deferrable initially deferred for each row execute function keep_an_administrator();

-- Who is asking, where they are an administrator who proved lately who they are. The one place where these functions decide.
-- In an agency one at a time arranges something: whoever had to wait may not be an administrator any more.
create function administering() returns standing
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
begin
    if coalesce('administrator' = any (who.duties) and who.stepped_up, false) then
        perform pg_advisory_xact_lock(hashtext('administrators'), who.agency_id);
        if exists (select 1 from account a where a.id = who.account_id and a.is_active and 'administrator' = any (a.duties)) then
            return who;
        end if;
    end if;
    raise exception 'only an administrator who proved lately who they are does this' using errcode = 'insufficient_privilege';
end
$body$;

create function note_people(in_agency integer, what text, by_whom uuid, about uuid, in_place_of uuid, invited uuid, more jsonb)
returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    insert into people_log (agency_id, act, by_account, account_id, for_account, invitation_id, detail)
    values (in_agency, what, by_whom, about, in_place_of, invited, jsonb_strip_nulls(more))
$body$;

-- The people of the asker's agency, with what only their administrators may know of them.
create function people() returns table (id uuid, email text, name text, role text, team_id uuid, duties text[],
                                        is_active boolean, last_seen timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select a.id, a.email, a.name, a.role, a.team_id, a.duties, a.is_active,
           (select max(s.last_seen) from sign_in_session s where s.account_id = a.id)
      from ctx() c join account a on a.agency_id = c.agency_id
     where 'administrator' = any (c.duties)
$body$;

-- Counts from the person's next request on. One's own duties one can only give up: anything else takes somebody else.
create function change_person(of_account uuid, new_name text, new_role text, new_team uuid, new_duties text[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := administering();
    them account;
begin
    select * into them from account where id = of_account and agency_id = who.agency_id and is_active for no key update;
    if them.id is null
       or (new_role <> them.role and not exists (select 1 from role_ceiling r where r.role = new_role))
       or (new_team is not null and not exists (select 1 from team t where t.id = new_team and t.agency_id = who.agency_id)) then
        raise exception 'there is no such person, role or team' using errcode = 'check_violation';
    end if;
    if them.id = who.account_id
       and (new_role <> them.role or new_team is distinct from them.team_id or not new_duties <@ them.duties) then
        raise exception 'another administrator does this' using errcode = 'check_violation', constraint = 'not_oneself';
    end if;
    update account set name = new_name, role = new_role, team_id = new_team, duties = new_duties where id = them.id;
    set constraints last_administrator immediate;
    perform note_people(who.agency_id, 'changed', who.account_id, them.id, null, null, jsonb_build_object(
        'name', new_name, 'name_before', them.name, 'role', new_role, 'role_before', them.role, 'duties', new_duties, 'duties_before', them.duties,
        'team', (select title from team where id = new_team), 'team_before', (select title from team where id = them.team_id)));
end
$body$;

-- Somebody leaves: with them their sessions, what they were invited to, and their part as deputy and as colleague.
create function end_person(of_account uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := administering();
begin
    update account set is_active = false, duties = '{}' where id = of_account and agency_id = who.agency_id and is_active;
    if not found then
        raise exception 'there is no such person' using errcode = 'check_violation';
    end if;
    set constraints last_administrator immediate;
    perform reset_factors(of_account);
    update invitation set withdrawn_at = now() where account_id = of_account and accepted_at is null and withdrawn_at is null;
    delete from deputy where of_account in (account_id, for_account) and starts >= now();
    update deputy set ends = now() where of_account in (account_id, for_account) and starts < now() and ends > now();
    perform note_people(who.agency_id, 'ended', who.account_id, of_account, null, null, '{}');
end
$body$;

create function save_team(of_team uuid, new_title text, new_areas text[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := administering();
    before team;
begin
    select * into before from team where id = of_team;
    if before.agency_id <> who.agency_id or cardinality(new_areas) = 0 then
        raise exception 'there is no such team, or it would have no areas' using errcode = 'check_violation';
    end if;
    insert into team as t (id, agency_id, title, areas) values (of_team, who.agency_id, new_title, new_areas)
    on conflict (id) do update set title = excluded.title, areas = excluded.areas;
    perform note_people(who.agency_id, case when before.id is null then 'team_made' else 'team_changed' end, who.account_id,
                        null, null, null, jsonb_build_object('team', new_title, 'team_before', before.title,
                                                             'areas', new_areas, 'areas_before', before.areas));
end
$body$;

-- Only a team that nobody is in or is invited to: without it they would see more.
create function end_team(of_team uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := administering();
    before team;
begin
    select * into before from team where id = of_team and agency_id = who.agency_id for update;
    if before.id is null or exists (select 1 from account where team_id = of_team and is_active) or exists (
        select 1 from invitation where team_id = of_team and accepted_at is null and withdrawn_at is null) then
        raise exception 'there is no such team, or somebody is in it' using errcode = 'check_violation';
    end if;
    update account set team_id = null where team_id = of_team;
    delete from team where id = of_team;
    perform note_people(who.agency_id, 'team_ended', who.account_id, null, null, null,
                        jsonb_build_object('team', before.title, 'areas_before', before.areas));
end
$body$;

-- By an administrator, or by the officer who will be away. Both are active people of the asker's agency.
create function appoint_deputy(new_id uuid, of_account uuid, in_place_of uuid, from_when timestamptz, to_when timestamptz)
returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
begin
    if not coalesce(who.stepped_up and ('administrator' = any (who.duties) or in_place_of = who.account_id), false) then
        raise exception 'an administrator or the officer does this, having proved who they are' using errcode = 'insufficient_privilege';
    end if;
    if of_account = in_place_of or to_when <= greatest(from_when, now()) or to_when > from_when + interval '1 year'
       or (select count(*) from account a
            where a.id in (of_account, in_place_of) and a.agency_id = who.agency_id and a.is_active) < 2 then
        raise exception 'there are no such people, or no such time' using errcode = 'check_violation';
    end if;
    insert into deputy (id, account_id, for_account, starts, ends, made_by)
    values (new_id, of_account, in_place_of, from_when, to_when, who.account_id);
    perform note_people(who.agency_id, 'deputy_appointed', who.account_id, of_account, in_place_of, null,
                        jsonb_build_object('starts', from_when, 'ends', to_when));
end
$body$;

-- Before its time, by an administrator or by either of the two.
create function end_deputy(of_deputy uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
    it deputy;
begin
    select d.* into it from deputy d join account a on a.id = d.account_id
     where d.id = of_deputy and d.ends > now() and a.agency_id = who.agency_id
       and ('administrator' = any (who.duties) or who.account_id in (d.account_id, d.for_account));
    if it.id is null then
        return false;
    end if;
    delete from deputy where id = it.id and starts >= now();
    update deputy set ends = now() where id = it.id and starts < now();
    perform note_people(who.agency_id, 'deputy_ended', who.account_id, it.account_id, it.for_account, null, '{}');
    return true;
end
$body$;

-- From the next request on this session plays the colleague's part, or, without a deputy, its own again.
create function act_for(session_token text, of_deputy uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
    colleague uuid := (select d.for_account from deputy d
                        where d.id = of_deputy and d.account_id = who.account_id and d.starts <= now() and now() < d.ends);
begin
    if of_deputy is not null and colleague is null then
        return false;
    end if;
    update sign_in_session set deputy_id = of_deputy
     where token_hash = sha256(convert_to(session_token, 'UTF8')) and account_id = who.account_id
       and deputy_id is distinct from of_deputy;
    if found then
        perform note_people(who.agency_id, case when of_deputy is null then 'acts_as_self' else 'acts_for' end, who.account_id,
                            who.account_id, coalesce(colleague, who.acting_for), null, '{}');
    end if;
    return true;
end
$body$;

grant execute on function
    people(),
    change_person(uuid, text, text, uuid, text[]),
    end_person(uuid),
    save_team(uuid, text, text[]),
    end_team(uuid),
    appoint_deputy(uuid, uuid, uuid, timestamptz, timestamptz),
    end_deputy(uuid),
    act_for(text, uuid)
to {app};

alter function keep_an_administrator() owner to {engine};
alter function administering() owner to {engine};
alter function note_people(integer, text, uuid, uuid, uuid, uuid, jsonb) owner to {engine};
alter function people() owner to {engine};
alter function change_person(uuid, text, text, uuid, text[]) owner to {engine};
alter function end_person(uuid) owner to {engine};
alter function save_team(uuid, text, text[]) owner to {engine};
alter function end_team(uuid) owner to {engine};
alter function appoint_deputy(uuid, uuid, uuid, timestamptz, timestamptz) owner to {engine};
alter function end_deputy(uuid) owner to {engine};
alter function act_for(text, uuid) owner to {engine};

alter table invitation enable row level security, force row level security;
alter table people_log enable row level security, force row level security;

-- Never the hashes: who has them could try codes as often as they like.
grant select (id, email, name, agency_id, role, team_id, duties, account_id, invited_by, made, expires, tries, accepted_at,
              withdrawn_at) on invitation to {app};
grant select on people_log to {app};
create policy looked_after on invitation for select to {app}
    using (agency_id = (select (ctx()).agency_id) and (select (ctx()).duties) && '{administrator,oversight}'::text[]);
create policy looked_after on people_log for select to {app}
    using (agency_id = (select (ctx()).agency_id) and (select (ctx()).duties) && '{administrator,oversight}'::text[]);

grant select, insert, update on invitation to {engine};
grant select, insert on people_log to {engine};
grant insert, update on account to {engine};
create policy engine on invitation for all to {engine} using (true) with check (true);
create policy engine on people_log for all to {engine} using (true) with check (true);
create policy engine_makes on account for insert to {engine} with check (true);
create policy engine_changes on account for update to {engine} using (true) with check (true);

revoke create on schema public from {engine};
