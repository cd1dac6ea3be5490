-- What does somebody who looks after people not do for themselves? Take a colleague's part, widen their own areas or the part
-- that they stand in for, or leave an agency with nobody who can come in and look after it.

grant create on schema public to {engine};
set local check_function_bodies = off;

-- Whether what is given to the one comes to the other as well: the same person, or who stands in for them now or later.
create function falls_to(who uuid, of_account uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select who = of_account or exists (
        select 1 from deputy d where d.account_id = who and d.for_account = of_account and d.ends > now())
$body$;

-- Whether somebody was to be set up anew and has not come back since: what they had opens nothing till they have.
create function awaits_return(of_account uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select exists (
        select 1 from invitation i
         where i.account_id = of_account and i.accepted_at is null
           and i.made > coalesce((select max(j.accepted_at) from invitation j where j.account_id = of_account), '-infinity'))
$body$;

-- Whether an account has a way in: one of its own, or by the sign-in of its agency.
create function may_come_in(of_account uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select has_full_way(of_account) or (not awaits_return(of_account) and exists (
        select 1 from account a join agency_provider p on p.agency_id = a.agency_id where a.id = of_account))
$body$;

-- Raises where no administrator of the agency can come in any more.
create function require_administrator(of_agency integer) returns void
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if not exists (select 1 from account a where a.agency_id = of_agency and a.is_active
                      and 'administrator' = any (a.duties) and may_come_in(a.id)) then
        raise exception 'an agency keeps its last administrator'
            using errcode = 'integrity_constraint_violation', constraint = 'last_administrator';
    end if;
end
$body$;

alter function falls_to(uuid, uuid) owner to {engine};
alter function awaits_return(uuid) owner to {engine};
alter function may_come_in(uuid) owner to {engine};
alter function require_administrator(integer) owner to {engine};

-- What the engine owns, it alone may replace.
set local role {engine};

-- An agency that has an administrator keeps one who can come in. Two who end each other at the same moment wait for each other
-- here.
create or replace function keep_an_administrator() returns trigger
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
    perform require_administrator(old.agency_id);
    return null;
end
$body$;

-- Counts from the person's next request on. One's own duties one can only give up, and neither one's own part nor one that
-- one stands in for is changed by oneself.
create or replace function change_person(of_account uuid, new_name text, new_role text, new_team uuid, new_duties text[])
returns void
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
    if ((new_role <> them.role or new_team is distinct from them.team_id) and falls_to(who.account_id, them.id))
       or (them.id = who.account_id and not new_duties <@ them.duties) then
        raise exception 'another administrator does this' using errcode = 'check_violation', constraint = 'not_oneself';
    end if;
    update account set name = new_name, role = new_role, team_id = new_team, duties = new_duties where id = them.id;
    set constraints last_administrator immediate;
    perform note_people(who.agency_id, 'changed', who.account_id, them.id, null, null, jsonb_build_object(
        'name', new_name, 'name_before', them.name, 'role', new_role, 'role_before', them.role, 'duties', new_duties, 'duties_before', them.duties,
        'team', (select title from team where id = new_team), 'team_before', (select title from team where id = them.team_id)));
end
$body$;

-- Nobody adds areas to a team that they are in, or that somebody is in for whom they stand in.
create or replace function save_team(of_team uuid, new_title text, new_areas text[]) returns void
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
    if not new_areas <@ before.areas and exists (
        select 1 from account a where a.team_id = of_team and falls_to(who.account_id, a.id)) then
        raise exception 'another administrator does this' using errcode = 'check_violation', constraint = 'not_oneself';
    end if;
    insert into team as t (id, agency_id, title, areas) values (of_team, who.agency_id, new_title, new_areas)
    on conflict (id) do update set title = excluded.title, areas = excluded.areas;
    perform note_people(who.agency_id, case when before.id is null then 'team_made' else 'team_changed' end, who.account_id,
                        null, null, null, jsonb_build_object('team', new_title, 'team_before', before.title,
                                                             'areas', new_areas, 'areas_before', before.areas));
end
$body$;

-- By an administrator, who does not choose themselves, or by the officer who will be away. Both are active people of the
-- asker's agency.
create or replace function appoint_deputy(
    new_id uuid, of_account uuid, in_place_of uuid, from_when timestamptz, to_when timestamptz)
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
    if of_account = who.account_id then
        raise exception 'another administrator does this' using errcode = 'check_violation', constraint = 'not_oneself';
    end if;
    insert into deputy (id, account_id, for_account, starts, ends, made_by)
    values (new_id, of_account, in_place_of, from_when, to_when, who.account_id);
    perform note_people(who.agency_id, 'deputy_appointed', who.account_id, of_account, in_place_of, null,
                        jsonb_build_object('starts', from_when, 'ends', to_when));
end
$body$;

reset role;

revoke create on schema public from {engine};
