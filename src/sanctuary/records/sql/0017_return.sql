-- What becomes of the other ways in when somebody is set up anew, and of what is known of somebody who comes back elsewhere?
-- And who hears of it when it is changed where a whole agency signs in?

grant create on schema public to {engine};
set local check_function_bodies = off;
grant update (account_id) on staff_given, staff_mark to {engine};
set local role {engine};

-- Nothing that somebody signed in with opens their account any more; where something did, there is an alarm.
create or replace function shut_out(of_account uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if has_full_way(of_account) or exists (select 1 from provider_subject s where s.account_id = of_account) then
        perform raise_alarm('second_factor_reset', null, of_account);
    end if;
    perform reset_factors(of_account);
    perform forget_subject(of_account);
end
$body$;

-- An attempt that begins with what an agency's own sign-in says: two proofs where that asked for more than a password, one
-- where it did not. False where it speaks of nobody here, or of somebody who is to be set up anew first.
create or replace function prove_agency(with_hash bytea, of_agency text, by_subject bytea, with_email text, strong boolean)
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := account_meant(of_agency, by_subject, with_email);
begin
    if who is null then
        return false;
    end if;
    perform hold_account(who);  -- whoever shuts them out at this moment is waited for
    if awaits_return(who) then
        perform forget_subject(who);
        return false;
    end if;
    perform begin_attempt(with_hash, 'sign_in', who);
    return prove(with_hash, 'agency', who) and (not strong or prove(with_hash, 'agency_second', who));
end
$body$;

-- For the agency's own administrator, who has proved lately who they are. An empty issuer takes the arrangement away, and
-- another issuer forgets whom the one before it meant. Whoever says where an agency signs in could come in as any of its
-- people: it is on record, and leads hear of it.
create or replace function arrange_provider(at_issuer text, as_client text, with_nonce bytea, with_secret bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing;
    before text;
begin
    begin
        who := administering();
    exception when insufficient_privilege then
        return false;
    end;
    select p.issuer into before from agency_provider p where p.agency_id = who.agency_id;
    delete from provider_way where agency_id = who.agency_id;
    if before is distinct from at_issuer then
        delete from provider_subject where agency_id = who.agency_id;
    end if;
    delete from agency_provider where agency_id = who.agency_id;
    if at_issuer <> '' then
        insert into agency_provider (agency_id, issuer, client_id, nonce, secret)
        values (who.agency_id, at_issuer, as_client, with_nonce, with_secret);
        if before is distinct from at_issuer then
            perform raise_alarm('sign_in_changed', null, who.account_id);
        end if;
    elsif before is null then
        return true;  -- there was none
    else
        perform require_administrator(who.agency_id);
    end if;
    perform note_people(who.agency_id, case when at_issuer = '' then 'sign_in_ended' else 'sign_in_arranged' end, who.account_id,
                        null, null, null, jsonb_build_object('issuer', nullif(at_issuer, ''), 'issuer_before', before));
    return true;
end
$body$;

-- Whoever has left one agency and comes to another with the same address is the same person: what they said of whom they
-- know, and what they are kept from, comes along.
create function bring_along(from_account uuid, to_account uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    update staff_given set account_id = to_account where account_id = from_account and kind <> 'account';
    update staff_mark m set account_id = to_account from staff_given g
     where g.id = m.given_id and m.account_id = from_account and g.account_id = to_account;
    perform exclude(to_account, x.case_id, x.source)
       from (select c.case_id, c.source from conflict c where c.user_id = from_account order by c.case_id) x;
end
$body$;
revoke execute on function bring_along(uuid, uuid) from public;

-- Spends an invitation: the account that it makes or opens again; null, whatever the reason, where it opens nothing. Five
-- wrong codes lock it. What an administrator gave, it gives only while they are one. The newcomer then sets up their ways
-- of signing in, by an attempt under the hash of a token that they hold.
create or replace function accept_invitation(with_token bytea, with_code bytea, with_attempt bytea) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    given invitation;
    opened uuid;
    earlier uuid;
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
    update account a set email = a.id || '@ended.invalid' where a.email = given.email and a.id is distinct from given.account_id
    returning a.id into earlier;
    opened := coalesce(given.account_id, gen_random_uuid());
    insert into account as a (id, email, name, password, agency_id, role, team_id, duties)
    values (opened, given.email, given.name, '!', given.agency_id, given.role, given.team_id, given.duties)
    on conflict (id) do update
       set name = excluded.name, role = excluded.role, team_id = excluded.team_id, duties = excluded.duties, is_active = true
     where not a.is_active;
    update invitation set accepted_at = now(), account_id = opened where id = given.id;
    perform reset_factors(opened);
    if earlier is not null then
        perform bring_along(earlier, opened);
    end if;
    perform begin_enrolment(opened, with_attempt);
    perform note_people(given.agency_id, 'accepted', opened, opened, null, given.id, '{}');
    return opened;
end
$body$;

reset role;

revoke create on schema public from {engine};
