-- How does somebody set up and look after their own ways of signing in? One who signed in and proved it again lately, or a
-- newcomer whose attempt an invitation began. Nobody is left without a full way in.

grant create on schema public to {engine};
set local check_function_bodies = off;

-- Whose ways: the newcomer's, or of who is asking. Null: nobody's.
create function whose_ways(with_attempt bytea) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select account_id from sign_in_attempt where token_hash = with_attempt and purpose = 'enrol' and expires > now()
    union all
    select (ctx()).account_id where with_attempt is null
$body$;

-- The same, held for a change: refused to who has not proved lately who they are.
create function change_ways(with_attempt bytea) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := whose_ways(with_attempt);
begin
    if who is null or (with_attempt is null and not (ctx()).stepped_up) then
        raise exception 'a way of signing in is changed by its owner, just after proving it' using errcode = 'insufficient_privilege';
    end if;
    perform hold_account(who);
    return who;
end
$body$;

-- A newcomer's new factor is proved by setting it up; a change by somebody at home signs out every other browser.
create function ways_changed(with_attempt bytea, who uuid, proof text, but bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if with_attempt is null then
        perform end_sessions(who, but);
    else
        perform prove(with_attempt, proof, who);
    end if;
end
$body$;

create function my_ways(with_attempt bytea, out account_id uuid, out email text, out name text, out has_password boolean,
                        out app_since timestamptz, out codes_left integer)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select a.id, a.email, a.name, a.password not like '!%', c.created,
           (select count(*)::integer from recovery_code r where r.account_id = a.id and r.used is null)
      from account a left join code_app c on c.account_id = a.id where a.id = whose_ways(with_attempt)
$body$;

create function my_passkeys(with_attempt bytea)
returns table (number uuid, id bytea, title text, created timestamptz, last_used timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select p.number, p.id, p.title, p.created, p.last_used from passkey p
     where p.account_id = whose_ways(with_attempt) order by p.created, p.number
$body$;

-- Without this passkey: whether another, or a password and an app, still lets this account in.
create function has_full_way(of_account uuid, without uuid default null) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select exists (select from passkey p where p.account_id = of_account and p.number is distinct from without)
        or exists (select from account a join code_app c on c.account_id = a.id where a.id = of_account and a.password not like '!%')
$body$;

create function set_password(with_attempt bytea, new_hash text, but bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := change_ways(with_attempt);
begin
    update account set password = new_hash where id = who;
    perform ways_changed(with_attempt, who, 'password', but);
end
$body$;

-- With the step of the code that confirmed it, which is thereby used.
create function set_code_app(with_attempt bytea, sealed bytea, step bigint, but bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := change_ways(with_attempt);
begin
    insert into code_app as c (account_id, secret, last_step) values (who, sealed, step)
    on conflict (account_id) do update set secret = excluded.secret, last_step = excluded.last_step, created = now();
    perform ways_changed(with_attempt, who, 'code', but);
end
$body$;

-- Whether it is a new one.
create function add_passkey(with_attempt bytea, new_id bytea, new_title text, new_key bytea, count bigint) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := change_ways(with_attempt);
begin
    insert into passkey (id, account_id, title, public_key, sign_count) values (new_id, who, new_title, new_key, count)
    on conflict (id) do nothing;
    if found and with_attempt is not null then
        perform prove(with_attempt, 'passkey', who);
    end if;
    return found;
end
$body$;

create function rename_passkey(of_number uuid, new_title text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := change_ways(null);
begin
    update passkey set title = new_title where number = of_number and account_id = who;
    return found;
end
$body$;

-- False where there is none such, or where it is the last full way in.
create function remove_passkey(of_number uuid, but bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := change_ways(null);
begin
    if not has_full_way(who, of_number) then
        return false;
    end if;
    delete from passkey where number = of_number and account_id = who;
    if not found then
        return false;
    end if;
    perform ways_changed(null, who, 'passkey', but);
    return true;
end
$body$;

create function new_recovery_codes(with_attempt bytea, hashes bytea[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := change_ways(with_attempt);
begin
    delete from recovery_code where account_id = who;
    insert into recovery_code (account_id, code_hash) select who, h from unnest(hashes) h;
end
$body$;

-- For an invitation, run by the function that takes it: the newcomer's attempt, under the hash of a token that they hold.
create function begin_enrolment(of_account uuid, with_hash bytea) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select begin_attempt(with_hash, 'enrol', of_account)
$body$;

-- For an administrator's function: whoever it was must be invited again.
create function reset_factors(of_account uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    perform end_sessions(of_account);
    delete from passkey where account_id = of_account;
    delete from code_app where account_id = of_account;
    delete from recovery_code where account_id = of_account;
    update account set password = '!' where id = of_account;
end
$body$;

-- For the fictional county: its one secret, where the account has none. By the owner's login.
create function give_code_app(of_account uuid, sealed bytea) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    insert into code_app (account_id, secret, last_step) values (of_account, sealed, 0) on conflict do nothing
$body$;

create function my_sessions(this bytea)
returns table (id uuid, way text, device text, created timestamptz, last_seen timestamptz, is_this boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select s.id, s.way, s.device, s.created, s.last_seen, s.token_hash = this from sign_in_session s
     where s.account_id = (ctx()).account_id and s.expires > now() and s.last_seen > now() - (sign_in_limits()).idle
     order by s.created desc
$body$;

create function end_my_session(of_id uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    update sign_in_session set expires = now() where id = of_id and account_id = (ctx()).account_id and expires > now();
    return found;
end
$body$;

-- A form that came too late, for whoever had the session. Only they get it back.
create function carry_form(of_session bytea, of_id uuid, sealed bytea) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    insert into carried_form (id, account_id, sealed, expires)
    select of_id, who, sealed, now() + (sign_in_limits()).carried from session_account(of_session, true) who where who is not null
$body$;

create function carried(of_id uuid) returns bytea
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select sealed from carried_form where id = of_id and account_id = (ctx()).account_id and expires > now()
$body$;

-- Forgets what nobody can use any more; how many rows. By the owner's login, at nobody's request.
create function tidy_sign_in() returns bigint
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    with attempts as (delete from sign_in_attempt where expires < now() returning 1),
         challenges as (delete from challenge where expires < now() returning 1),
         tries as (delete from sign_in_try where since < now() - (sign_in_limits()).counted returning 1),
         forms as (delete from carried_form where expires < now() returning 1),
         invited as (update invitation set email = null, name = null,
                            withdrawn_at = case when accepted_at is null then coalesce(withdrawn_at, expires) end
                      where email is not null and expires < now() - interval '30 days' returning 1),
         sessions as (delete from sign_in_session where greatest(expires, last_seen) < now() - interval '7 days' returning 1)
    select (select count(*) from attempts) + (select count(*) from challenges) + (select count(*) from tries)
         + (select count(*) from forms) + (select count(*) from invited) + (select count(*) from sessions)
$body$;

grant execute on function my_ways(bytea), my_passkeys(bytea), set_password(bytea, text, bytea),
    set_code_app(bytea, bytea, bigint, bytea), add_passkey(bytea, bytea, text, bytea, bigint), new_recovery_codes(bytea, bytea[])
    to {app}, {door};
grant execute on function rename_passkey(uuid, text), remove_passkey(uuid, bytea), my_sessions(bytea), end_my_session(uuid),
    carried(uuid) to {app};
grant execute on function carry_form(bytea, uuid, bytea) to {door};

do $$
declare
    made record;
begin
    for made in
        select f.oid::regprocedure as name from pg_proc f
         where f.pronamespace = 'public'::regnamespace and f.proowner = current_user::regrole and f.proname <> 'refuse_change'
    loop
        execute format('alter function %s owner to {engine}', made.name);
    end loop;
end $$;
set local role {engine};
grant execute on function give_code_app(uuid, bytea), tidy_sign_in() to {owner};
reset role;

revoke create on schema public from {engine};
