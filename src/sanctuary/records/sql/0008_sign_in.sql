-- How does somebody prove who they are, and what does a session rest on? What a person types or a device signs is checked
-- by the application; that it was asked for, was never used before, and suffices, is decided here.

grant create on schema public to {engine};
set local check_function_bodies = off;

-- Every limit of signing in, here and nowhere else.
create function sign_in_limits(
    out lasting interval,       -- a session, at most
    out idle interval,          -- a session that nobody uses
    out fresh interval,         -- that a proof counts as given lately
    out at_most integer,        -- sessions of one account; the oldest makes room
    out stages interval,        -- to come from the first proof to the last
    out enrolment interval,     -- to set up one's ways of signing in
    out answering interval,     -- to answer a passkey's question
    out counted interval,       -- over which tries are counted; then a lock opens by itself
    out tries_account integer,  -- passwords tried for an e-mail address
    out tries_proof integer,    -- codes tried for an account
    out tries_attempt integer,  -- codes tried after one password
    out tries_place integer,    -- sign-ins begun from one network address, which a whole council may share
    out carried interval)       -- that what was typed waits for its writer
language sql immutable set search_path = pg_catalog, public, pg_temp
as $body$
    select interval '12 hours', interval '30 minutes', interval '10 minutes', 3, interval '10 minutes', interval '1 hour',
           interval '5 minutes', interval '15 minutes', 10, 10, 5, 1000, interval '1 hour'
$body$;

-- The ways in. A passkey asks its owner for a finger, a face or a PIN, so that it is two factors in one; anything else takes
-- two proofs, an agency's own sign-in too, unless that asked for a second one itself (0015). `owner`: opened for jobs by
-- the login that arranges the record, which serves no request.
create table way_in (
    way text primary key,
    proofs text[] not null,
    check (proofs = '{passkey}' or (cardinality(proofs) >= 2 and proofs[1] <> proofs[2]) or (way = 'owner' and proofs = '{}'))
);
insert into way_in values
    ('passkey', '{passkey}'), ('password_code', '{password,code}'), ('password_recovery', '{password,recovery}'),
    ('agency', '{agency,agency_second}'), ('agency_code', '{agency,code}'), ('agency_recovery', '{agency,recovery}'), ('owner', '{}');

truncate sign_in_session;  -- what was opened with a password alone ends
alter table sign_in_session
    add column id uuid not null unique default gen_random_uuid(),
    add column way text not null references way_in,
    add column device text not null default '';
create index sign_in_session_of_account on sign_in_session (account_id, created);

create table passkey (
    id bytea primary key check (octet_length(id) between 1 and 1023),
    number uuid not null unique default gen_random_uuid(),
    account_id uuid not null references account,
    title text not null check (length(title) between 1 and 60),
    public_key bytea not null,
    sign_count bigint not null,
    created timestamptz not null default now(),
    last_used timestamptz
);
create index passkey_of_account on passkey (account_id);

-- The secret of the app that shows codes, sealed; the last step of time whose code was taken.
create table code_app (
    account_id uuid primary key references account,
    secret bytea not null,
    last_step bigint not null,
    created timestamptz not null default now()
);

create table recovery_code (
    account_id uuid not null references account,
    code_hash bytea not null check (octet_length(code_hash) = 32),
    used timestamptz,
    primary key (account_id, code_hash)
);

-- Somebody on the way in, to a step-up, or setting up their ways in. No account: an address that nobody here has, or a
-- passkey that has not answered yet.
create table sign_in_attempt (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    purpose text not null check (purpose in ('sign_in', 'confirm', 'enrol')),
    account_id uuid references account,
    session_hash bytea check ((purpose = 'confirm') = (session_hash is not null)),
    proved text[] not null default '{}' check (proved <@ '{password,code,recovery,passkey,agency,agency_second}'::text[]),
    tries integer not null default 0,
    expires timestamptz not null
);
create index sign_in_attempt_of_account on sign_in_attempt (account_id);

-- What a passkey is asked to sign: one question for each attempt or session, taken away when it is answered.
create table challenge (
    holder bytea primary key check (octet_length(holder) = 32),
    value bytea not null check (octet_length(value) between 32 and 64),
    expires timestamptz not null
);

-- How often something was tried lately. The subject is a hash: of an e-mail address, an account or a network address.
create table sign_in_try (
    subject bytea primary key check (octet_length(subject) = 32),
    tries integer not null,
    since timestamptz not null
);

-- A form that arrived when its writer was no longer signed in, sealed, until they are again.
create table carried_form (
    id uuid primary key,
    account_id uuid not null references account,
    sealed bytea not null,
    expires timestamptz not null
);

-- One at a time changes the factors and sessions of an account.
create function hold_account(of_account uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select pg_advisory_xact_lock(hashtextextended(of_account::text, 8))
$body$;

create function end_sessions(of_account uuid, but bytea default null) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    perform hold_account(of_account);
    update sign_in_session set expires = now()
     where account_id = of_account and expires > now() and token_hash is distinct from but;
    delete from sign_in_attempt where account_id = of_account and session_hash is distinct from but;
end
$body$;

-- Whoever leaves, or comes to play another part, is out with the next request.
create function account_changed() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    perform end_sessions(new.id);
    return null;
end
$body$;
create trigger ends_sessions after update on account for each row
    when ((old.role, old.agency_id, old.is_active) is distinct from (new.role, new.agency_id, new.is_active))
    execute function account_changed();

-- Counts a try; whether it is among the first so many of its time.
create function count_try(of_what text, allowed integer) returns boolean
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    insert into sign_in_try as t (subject, tries, since) values (sha256(convert_to(of_what, 'UTF8')), 1, now())
    on conflict (subject) do update
       set tries = case when t.since < now() - (sign_in_limits()).counted then 1 else t.tries + 1 end,
           since = case when t.since < now() - (sign_in_limits()).counted then now() else t.since end
    returning tries <= allowed
$body$;

create function begin_attempt(with_hash bytea, for_purpose text, of_account uuid, of_session bytea default null) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    insert into sign_in_attempt (token_hash, purpose, account_id, session_hash, expires)
    select with_hash, for_purpose, of_account, of_session, now() + case for_purpose when 'enrol' then l.enrolment else l.stages end
      from sign_in_limits() l
$body$;

-- An attempt to sign in with a password: its hash, null where nobody has this address. Counted before it is checked, for
-- addresses that nobody has as for others.
create function ask_password(with_hash bytea, of_email text, from_place text, out may_go boolean, out password text)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid;
begin
    may_go := count_try('place|' || from_place, (sign_in_limits()).tries_place);
    may_go := count_try('address|' || of_email, (sign_in_limits()).tries_account) and may_go;
    if may_go then
        select a.id, a.password into who, password from account a where a.email = of_email and a.is_active;
        perform begin_attempt(with_hash, 'sign_in', who);
    end if;
end
$body$;

-- An attempt to sign in with a passkey, or, with a session, a step-up of whoever has that session.
create function ask_passkey(with_hash bytea, from_place text, challenge bytea, of_session bytea default null) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := session_account(of_session);
begin
    if (who is null) <> (of_session is null)
       or (who is null and not count_try('place|' || from_place, (sign_in_limits()).tries_place)) then
        return false;
    end if;
    perform begin_attempt(with_hash, case when who is null then 'sign_in' else 'confirm' end, who, of_session);
    perform set_challenge(with_hash, challenge);
    return true;
end
$body$;

-- The account of a session that lives, or, `ended` too, of one that did until lately.
create function session_account(of_session bytea, ended boolean default false) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select s.account_id from sign_in_session s join account a on a.id = s.account_id
     where s.token_hash = of_session and a.is_active
       and (ended or (s.expires > now() and s.last_seen > now() - (sign_in_limits()).idle))
$body$;

create function set_challenge(of_holder bytea, challenge bytea) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    insert into challenge (holder, value, expires) values (of_holder, challenge, now() + (sign_in_limits()).answering)
    on conflict (holder) do update set value = excluded.value, expires = excluded.expires
$body$;

-- The question that was put to this holder, once.
create function take_challenge(of_holder bytea) returns bytea
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    with taken as (delete from challenge where holder = of_holder returning value, expires)
    select value from taken where expires > now()
$body$;

create function passkey_key(of_id bytea, out account_id uuid, out public_key bytea, out sign_count bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select p.account_id, p.public_key, p.sign_count from passkey p where p.id = of_id
$body$;

-- Notes a proof of an attempt. An account that is not known yet becomes known; another one's proof is none.
create function prove(with_hash bytea, proof text, of_account uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    update sign_in_attempt set proved = proved || proof, account_id = of_account
     where token_hash = with_hash and expires > now() and proof <> all (proved)
       and coalesce(account_id, of_account) = of_account and (account_id is not null or proof = 'passkey');
    return found;
end
$body$;

create function prove_password(with_hash bytea) returns boolean
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select coalesce(bool_or(prove(with_hash, 'password', account_id)), false) from sign_in_attempt
     where token_hash = with_hash and purpose = 'sign_in' and account_id is not null
$body$;

-- A passkey's counter only ever grows; one that does not count says 0 always.
create function prove_passkey(with_hash bytea, of_id bytea, new_count bigint) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid;
begin
    update passkey set sign_count = new_count, last_used = now()
     where id = of_id and (sign_count < new_count or (sign_count = 0 and new_count = 0)) returning account_id into who;
    return who is not null and prove(with_hash, 'passkey', who);
end
$body$;

-- Counts a code that is about to be checked. 'go', 'wait' (too many lately) or 'gone' (begin again).
create function try_code(with_hash bytea, out said text, out who uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    update sign_in_attempt set tries = tries + 1
     where token_hash = with_hash and expires > now() and account_id is not null and tries < (sign_in_limits()).tries_attempt
       and (purpose = 'confirm' or (purpose = 'sign_in' and proved && '{password,agency}'))
    returning account_id into who;
    said := case when who is null then 'gone' when count_try('code|' || who, (sign_in_limits()).tries_proof) then 'go' else 'wait' end;
end
$body$;

create function ask_code(with_hash bytea, out said text, out account_id uuid, out secret bytea)
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select t.said, t.who, c.secret from try_code(with_hash) t left join code_app c on c.account_id = t.who and t.said = 'go'
$body$;

-- A code of this step, once and for all: neither it nor an older one is taken again, whoever asks, wherever.
create function prove_code(with_hash bytea, step bigint) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid;
begin
    update code_app c set last_step = step from sign_in_attempt t
     where t.token_hash = with_hash and c.account_id = t.account_id and c.last_step < step returning c.account_id into who;
    return who is not null and prove(with_hash, 'code', who);
end
$body$;

-- 'yes', 'no', 'wait' or 'gone'.
create function prove_recovery(with_hash bytea, of_code bytea) returns text
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    tried record;
begin
    select * into tried from try_code(with_hash);
    if tried.said <> 'go' then
        return tried.said;
    end if;
    update recovery_code set used = now() where account_id = tried.who and code_hash = of_code and used is null;
    return case when found and prove(with_hash, 'recovery', tried.who) then 'yes' else 'no' end;
end
$body$;

-- A session, for an attempt that proved all that one of the ways in asks for; whether there is one. `replacing`: the session
-- that this browser had before, which its own request ends.
create function open_session(with_attempt bytea, with_hash bytea, on_device text, replacing bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    l record;
    who uuid;
    by_way text;
begin
    select * into l from sign_in_limits();
    select account_id into who from sign_in_attempt where token_hash = with_attempt;
    perform hold_account(who);
    delete from sign_in_attempt t using way_in w, account a
     where t.token_hash = with_attempt and t.account_id = who and t.purpose in ('sign_in', 'enrol') and t.expires > now()
       and a.id = who and a.is_active and w.proofs <> '{}' and w.proofs <@ t.proved
    returning w.way into by_way;
    if by_way is null then
        return false;
    end if;
    insert into sign_in_session (token_hash, account_id, expires, stepped_up, way, device)
    values (with_hash, who, now() + l.lasting, now(), by_way, left(on_device, 60));
    update sign_in_session set expires = now() where token_hash in (
        select token_hash from sign_in_session
         where account_id = who and way <> 'owner' and expires > now() and last_seen > now() - l.idle
           and token_hash is distinct from replacing
         order by created desc, token_hash = with_hash desc offset l.at_most);
    delete from sign_in_try where subject in (
        select sha256(convert_to(s, 'UTF8')) from account a, unnest(array['address|' || a.email, 'code|' || a.id]) s where a.id = who);
    return true;
end
$body$;

-- A session for a job, or for a test: nobody proved anything. For the owner's login alone.
create function open_session_unproved(of_account uuid, with_hash bytea, lasting interval, fresh boolean) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    insert into sign_in_session (token_hash, account_id, expires, stepped_up, way)
    select with_hash, id, now() + least(lasting, (sign_in_limits()).lasting), case when fresh then now() end, 'owner'
      from account where id = of_account and is_active
$body$;

-- Marks the session of who is asking as proved again, by an attempt of that very session.
create function step_up(with_attempt bytea, of_session bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    delete from sign_in_attempt
     where token_hash = with_attempt and session_hash = of_session and purpose = 'confirm' and expires > now()
       and account_id = (ctx()).account_id and proved && '{passkey,code,recovery}';
    if not found then
        return false;
    end if;
    update sign_in_session set stepped_up = now() where token_hash = of_session and account_id = (ctx()).account_id;
    return found;
end
$body$;

-- Takes a session token and says in this transaction who is asking: as before, within the limits above.
set local role {engine};
create or replace function begin_ctx(session_token text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    session_hash bytea := sha256(convert_to(session_token, 'UTF8'));
    l record;
    body text;
    seen timestamptz;
begin
    if nullif(current_setting('sanctuary.ctx', true), '') is not null then
        raise exception 'who is asking is said once in a transaction' using errcode = 'active_sql_transaction';
    end if;
    select * into l from sign_in_limits();
    select concat_ws('|', ctx_here(), a.id, a.agency_id, coalesce(f.role, a.role), array_to_string(a.duties, ','),
                     coalesce(array_to_string(t.areas, ','), '*'),
                     coalesce(s.stepped_up > now() - l.fresh, false)::integer, coalesce(f.id::text, '')),
           s.last_seen
      into body, seen
      from sign_in_session s
      join account a on a.id = s.account_id
      left join deputy d on d.id = s.deputy_id and d.account_id = a.id and d.starts <= now() and now() < d.ends
      left join account f on f.id = d.for_account and f.agency_id = a.agency_id and f.is_active
      left join team t on t.id = case when f.id is null then a.team_id else f.team_id end
     where s.token_hash = session_hash and a.is_active and s.expires > now() and s.last_seen > now() - l.idle;
    if body is null then
        return;
    end if;
    perform set_config('sanctuary.ctx', ctx_seal(body) || '|' || body, true);
    if seen < now() - interval '1 minute' then
        update sign_in_session set last_seen = now() where token_hash =
            (select token_hash from sign_in_session where token_hash = session_hash for update skip locked);
    end if;
end
$body$;
create or replace function close_session(with_hash bytea) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    update sign_in_session set expires = now() where token_hash = with_hash and expires > now()
$body$;

grant execute on function close_session(bytea) to {app};
drop function credentials(text), open_session(uuid, bytea, interval);
reset role;

grant execute on function sign_in_limits() to {app}, {door}, {engine};
grant execute on function ask_password(bytea, text, text), ask_passkey(bytea, text, bytea, bytea), passkey_key(bytea),
    prove_password(bytea), prove_passkey(bytea, bytea, bigint), ask_code(bytea), prove_code(bytea, bigint),
    prove_recovery(bytea, bytea), open_session(bytea, bytea, text, bytea), session_account(bytea, boolean) to {door};
grant execute on function set_challenge(bytea, bytea), take_challenge(bytea) to {app}, {door};
grant execute on function step_up(bytea, bytea) to {app};
grant execute on function refuse_change() to {engine} with grant option;  -- whose tables have triggers that use it

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
grant execute on function open_session_unproved(uuid, bytea, interval, boolean) to {owner};
reset role;
alter table way_in enable row level security, force row level security;
alter table passkey enable row level security, force row level security;
alter table code_app enable row level security, force row level security;
alter table recovery_code enable row level security, force row level security;
alter table sign_in_attempt enable row level security, force row level security;
alter table challenge enable row level security, force row level security;
alter table sign_in_try enable row level security, force row level security;
alter table carried_form enable row level security, force row level security;

grant select on way_in to {engine};
grant select, insert, update, delete on passkey, code_app, recovery_code, sign_in_attempt, challenge, sign_in_try, carried_form
    to {engine};
grant update (password) on account to {engine};
create policy engine on way_in for select to {engine} using (true);
create policy engine on passkey for all to {engine} using (true) with check (true);
create policy engine on code_app for all to {engine} using (true) with check (true);
create policy engine on recovery_code for all to {engine} using (true) with check (true);
create policy engine on sign_in_attempt for all to {engine} using (true) with check (true);
create policy engine on challenge for all to {engine} using (true) with check (true);
create policy engine on sign_in_try for all to {engine} using (true) with check (true);
create policy engine on carried_form for all to {engine} using (true) with check (true);
create policy engine_passwords on account for update to {engine} using (true) with check (true);

revoke create on schema public from {engine};
