-- How does somebody come to have an account? Invitations, made by an administrator of the agency, spent by link and code.

grant create on schema public to {engine};
set local check_function_bodies = off;

-- Nothing that somebody signed in with opens their account any more; where something did, there is an alarm.
create function shut_out(of_account uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if has_full_way(of_account) then
        perform raise_alarm('second_factor_reset', null, of_account);
    end if;
    perform reset_factors(of_account);
end
$body$;

create function make_invitation(new_id uuid, with_token bytea, with_code bytea, to_email text, to_name text, in_agency integer,
                                in_role text, in_team uuid, with_duties text[], of_account uuid, by_whom uuid)
returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if not exists (select 1 from role_ceiling r where r.role = in_role)
       or (in_team is not null and not exists (select 1 from team t where t.id = in_team and t.agency_id = in_agency)) then
        raise exception 'there is no such role or team' using errcode = 'check_violation';
    end if;
    update invitation set withdrawn_at = now()
     where agency_id = in_agency and email = to_email and accepted_at is null and withdrawn_at is null;
    insert into invitation (id, token_hash, code_hash, email, name, agency_id, role, team_id, duties, account_id, invited_by)
    values (new_id, with_token, with_code, to_email, to_name, in_agency, in_role, in_team, with_duties, of_account, by_whom);
    perform note_people(in_agency, case when of_account is null then 'invited' else 'invited_again' end, by_whom, of_account,
                        null, new_id, jsonb_build_object('role', in_role, 'duties', with_duties,
                                                         'team', (select title from team where id = in_team)));
end
$body$;

-- Somebody new, or somebody who comes back: an account of this agency that was ended takes up again under its own history.
create function invite(new_id uuid, with_token bytea, with_code bytea, to_email text, to_name text, in_role text, in_team uuid,
                       with_duties text[])
returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := administering();
    earlier account;
begin
    select * into earlier from account where email = to_email and agency_id = who.agency_id;
    if earlier.is_active then
        raise exception 'they have an account' using errcode = 'unique_violation', constraint = 'has_account';
    end if;
    perform make_invitation(new_id, with_token, with_code, to_email, to_name, who.agency_id, in_role, in_team, with_duties,
                            earlier.id, who.account_id);
end
$body$;

-- Somebody who has lost what they sign in with: nothing that they had opens anything any more, and there is an alarm.
create function invite_again(new_id uuid, with_token bytea, with_code bytea, of_account uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := administering();
    them account;
begin
    select * into them from account where id = of_account and agency_id = who.agency_id and is_active;
    if them.id is null or them.id = who.account_id then
        raise exception 'another administrator does this' using errcode = 'check_violation', constraint = 'not_oneself';
    end if;
    perform shut_out(them.id);
    perform make_invitation(new_id, with_token, with_code, them.email, them.name, them.agency_id, them.role, them.team_id,
                            them.duties, them.id, who.account_id);
end
$body$;

-- The same from outside, by whoever runs the site: the first administrator of an agency, and the last one's way back.
create function invite_from_outside(new_id uuid, with_token bytea, with_code bytea, to_email text, to_name text, to_agency text,
                                    in_role text, with_duties text[])
returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    there integer := (select a.id from agency a where a.key = to_agency);
    earlier uuid := (select id from account where email = to_email and agency_id = there);
begin
    if there is null then
        raise exception 'there is no such agency' using errcode = 'check_violation';
    end if;
    perform shut_out(earlier);
    perform make_invitation(new_id, with_token, with_code, to_email, to_name, there, in_role, null, with_duties, earlier, null);
end
$body$;

create function withdraw_invitation(of_invitation uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := administering();
begin
    update invitation set withdrawn_at = now()
     where id = of_invitation and agency_id = who.agency_id and accepted_at is null and withdrawn_at is null;
    if found then
        perform note_people(who.agency_id, 'withdrawn', who.account_id, null, null, of_invitation, '{}');
    end if;
    return found;
end
$body$;

-- Spends an invitation: the account that it makes or opens again; null, whatever the reason, where it opens nothing. Five
-- wrong codes lock it. What an administrator gave, it gives only while they are one. The newcomer then sets up their ways
-- of signing in, by an attempt under the hash of a token that they hold.
create function accept_invitation(with_token bytea, with_code bytea, with_attempt bytea) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    given invitation;
    opened uuid;
begin
    select * into given from invitation i
     where i.token_hash = with_token and i.accepted_at is null and i.withdrawn_at is null and i.expires > now() and i.tries < 5
       and (i.invited_by is null or exists (
            select 1 from account a where a.id = i.invited_by and a.is_active and a.agency_id = i.agency_id
                                      and 'administrator' = any (a.duties)))
       for update;
    if given.id is null then
        return null;
    end if;
    if given.code_hash <> with_code then
        update invitation set tries = tries + 1 where id = given.id;
        if given.tries = 4 then
            perform note_people(given.agency_id, 'locked', null, given.account_id, null, given.id, '{}');
        end if;
        return null;
    end if;
    if exists (select 1 from account a where a.email = given.email and a.is_active and a.id is distinct from given.account_id) then
        perform note_people(given.agency_id, 'address_taken', null, given.account_id, null, given.id, '{}');
        return null;
    end if;
    update account a set email = a.id || '@ended.invalid' where a.email = given.email and a.id is distinct from given.account_id;
    opened := coalesce(given.account_id, gen_random_uuid());
    insert into account as a (id, email, name, password, agency_id, role, team_id, duties)
    values (opened, given.email, given.name, '!', given.agency_id, given.role, given.team_id, given.duties)
    on conflict (id) do update
       set name = excluded.name, role = excluded.role, team_id = excluded.team_id, duties = excluded.duties, is_active = true
     where not a.is_active;
    update invitation set accepted_at = now(), account_id = opened where id = given.id;
    perform reset_factors(opened);
    perform begin_enrolment(opened, with_attempt);
    perform note_people(given.agency_id, 'accepted', opened, opened, null, given.id, '{}');
    return opened;
end
$body$;

grant execute on function
    invite(uuid, bytea, bytea, text, text, text, uuid, text[]),
    invite_again(uuid, bytea, bytea, uuid),
    withdraw_invitation(uuid)
to {app};
grant execute on function accept_invitation(bytea, bytea, bytea) to {door};

alter function shut_out(uuid) owner to {engine};
alter function make_invitation(uuid, bytea, bytea, text, text, integer, text, uuid, text[], uuid, uuid) owner to {engine};
alter function invite(uuid, bytea, bytea, text, text, text, uuid, text[]) owner to {engine};
alter function invite_again(uuid, bytea, bytea, uuid) owner to {engine};
alter function invite_from_outside(uuid, bytea, bytea, text, text, text, text, text[]) owner to {engine};
alter function withdraw_invitation(uuid) owner to {engine};
alter function accept_invitation(bytea, bytea, bytea) owner to {engine};
-- The first administrator of an agency is invited at nobody's request: so the owner may, and the application may not.
set local role {engine};
grant execute on function invite_from_outside(uuid, bytea, bytea, text, text, text, text, text[]) to {owner};
reset role;

revoke create on schema public from {engine};
