-- Who may ask? Agencies, the people who work for them, their sessions, and the signed context of a transaction.
-- Roles: {app} serves requests, {door} signs people in, {engine} owns the functions that act for them and cannot log in.

revoke all on schema public from public;
grant usage on schema public to {app}, {door}, {engine};
grant create on schema public to {engine};  -- while this migration runs: it is to own functions
alter default privileges revoke execute on functions from public;
do $$ begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to {app}, {door}', current_database());
end $$;

create table agency (
    id integer generated always as identity primary key,
    key text not null unique check (key ~ '^[a-z][a-z0-9_]*$'),
    title text not null
);

create table account (
    id uuid primary key,
    email text not null unique check (email = lower(email)),
    name text not null,
    password text not null,
    agency_id integer not null references agency,
    role text not null check (role ~ '^[a-z][a-z0-9_]*$'),
    is_active boolean not null default true
);

create table sign_in_session (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    account_id uuid not null references account,
    created timestamptz not null default now(),
    last_seen timestamptz not null default now(),
    expires timestamptz not null
);

-- The key that signs contexts, as the two pads of HMAC-SHA256. It never leaves the database.
create table ctx_key (
    only_one boolean primary key default true check (only_one),
    inner_pad bytea not null check (octet_length(inner_pad) = 64),
    outer_pad bytea not null check (octet_length(outer_pad) = 64)
);

do $$
declare
    secret bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    inside bytea := decode(repeat('36', 64), 'hex');
    outside bytea := decode(repeat('5c', 64), 'hex');
begin
    for i in 0..31 loop
        inside := set_byte(inside, i, get_byte(secret, i) # get_byte(inside, i));
        outside := set_byte(outside, i, get_byte(secret, i) # get_byte(outside, i));
    end loop;
    insert into ctx_key (inner_pad, outer_pad) values (inside, outside);
end $$;

-- Who is asking. Null fields throughout: nobody we know.
create type standing as (account_id uuid, agency_id integer, role text);

create function ctx_seal(body text) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select encode(sha256(outer_pad || sha256(inner_pad || convert_to(body, 'UTF8'))), 'hex') from ctx_key
$body$;

-- The stamp that holds a context to this backend and this transaction, so that a copied one is worthless.
create function ctx_here() returns text
language sql stable set search_path = pg_catalog, public, pg_temp
as $body$
    select pg_backend_pid() || '|' || (extract(epoch from transaction_timestamp()) * 1000000)::bigint
$body$;

-- Takes a session token and says in this transaction who is asking. Unknown, expired or idle tokens leave nobody asking.
create function begin_ctx(session_token text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    session_hash bytea := sha256(convert_to(session_token, 'UTF8'));
    body text;
    seen timestamptz;
begin
    if nullif(current_setting('sanctuary.ctx', true), '') is not null then
        raise exception 'who is asking is said once in a transaction' using errcode = 'active_sql_transaction';
    end if;
    select concat_ws('|', ctx_here(), a.id, a.agency_id, a.role), s.last_seen into body, seen
      from sign_in_session s join account a on a.id = s.account_id
     where s.token_hash = session_hash and a.is_active and s.expires > now() and s.last_seen > now() - interval '2 hours';
    if body is null then
        return;
    end if;
    perform set_config('sanctuary.ctx', ctx_seal(body) || '|' || body, true);
    if seen < now() - interval '5 minutes' then
        update sign_in_session set last_seen = now() where token_hash =
            (select token_hash from sign_in_session where token_hash = session_hash for update skip locked);
    end if;
end
$body$;

-- Who is asking, if begin_ctx said so here and now. Call it as (select ...): once for each query, not for each row.
create function ctx() returns standing
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
    return row(part[3]::uuid, part[4]::integer, part[5])::standing;
end
$body$;

-- What the door needs to check a password, and to begin and end a session.
create function credentials(of_email text) returns table (account_id uuid, password text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select id, account.password from account where email = of_email and is_active
$body$;

create function open_session(for_account uuid, with_hash bytea, lasting interval) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    insert into sign_in_session (token_hash, account_id, expires)
    select with_hash, id, now() + least(lasting, interval '24 hours') from account where id = for_account and is_active
$body$;

create function close_session(with_hash bytea) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    delete from sign_in_session where token_hash = with_hash
$body$;

-- Granted first: once the engine owns them the owner of the tables has no more say.
grant execute on function begin_ctx(text), ctx() to {app};
grant execute on function credentials(text), open_session(uuid, bytea, interval), close_session(bytea) to {door};

alter function ctx_seal(text) owner to {engine};
alter function ctx_here() owner to {engine};
alter function begin_ctx(text) owner to {engine};
alter function ctx() owner to {engine};
alter function credentials(text) owner to {engine};
alter function open_session(uuid, bytea, interval) owner to {engine};
alter function close_session(bytea) owner to {engine};

alter table agency enable row level security, force row level security;
alter table account enable row level security, force row level security;
alter table sign_in_session enable row level security, force row level security;
alter table ctx_key enable row level security, force row level security;

-- Partners may know each other's agencies and names; never e-mail addresses or passwords.
grant select on agency to {app};
grant select (id, name, agency_id, role, is_active) on account to {app};
create policy colleagues on agency for select to {app} using ((select (ctx()).account_id) is not null);
create policy colleagues on account for select to {app} using ((select (ctx()).account_id) is not null);

grant select on agency, account, ctx_key to {engine};
grant select, insert, update, delete on sign_in_session to {engine};
create policy engine on agency for select to {engine} using (true);
create policy engine on account for select to {engine} using (true);
create policy engine on ctx_key for select to {engine} using (true);
create policy engine on sign_in_session for all to {engine} using (true) with check (true);

-- The owner arranges agencies and accounts; it has no policy on anything that belongs to a case.
create policy owner on agency for all to current_user using (true) with check (true);
create policy owner on account for all to current_user using (true) with check (true);

revoke create on schema public from {engine};
