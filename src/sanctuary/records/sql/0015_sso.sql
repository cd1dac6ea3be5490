-- How do people come in from their own agency's sign-in? The provider that an agency arranged, the ways there that are
-- under way, and whose account the provider's word is for: only ever one of that same agency.

grant create on schema public to {engine};
set local check_function_bodies = off;

create table agency_provider (
    agency_id integer primary key references agency,
    issuer text not null check (issuer ~ '^https?://'),
    client_id text not null check (client_id <> ''),
    nonce bytea not null check (octet_length(nonce) = 12),
    secret bytea not null
);

-- A browser that was sent to a provider, under the hash of the word that it brings back.
create table provider_way (
    state_hash bytea primary key check (octet_length(state_hash) = 32),
    agency_id integer not null references agency,
    nonce text not null,
    verifier text not null,
    expires timestamptz not null default now() + interval '10 minutes'
);

-- Whom the provider means by a subject, under a keyed hash: the first time found by the address that it has checked.
create table provider_subject (
    agency_id integer not null references agency,
    subject bytea not null check (octet_length(subject) = 32),
    account_id uuid not null unique references account,
    primary key (agency_id, subject)
);

-- For the door: which agencies have a sign-in of their own, and what is needed to ask it.
create function providers() returns table (agency text, title text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select a.key, a.title from agency_provider p join agency a on a.id = p.agency_id order by a.title
$body$;

create function provider_of(of_agency text) returns table (issuer text, client_id text, nonce bytea, secret bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select p.issuer, p.client_id, p.nonce, p.secret from agency_provider p join agency a on a.id = p.agency_id
     where a.key = of_agency
$body$;

create function begin_way(of_agency text, with_state_hash bytea, with_nonce text, with_verifier text) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    delete from provider_way where expires < now();
    insert into provider_way (state_hash, agency_id, nonce, verifier)
    select with_state_hash, p.agency_id, with_nonce, with_verifier
      from agency_provider p join agency a on a.id = p.agency_id where a.key = of_agency;
$body$;

-- Once for each way: whoever comes back with the same word again finds nothing.
create function end_way(of_agency text, with_state_hash bytea) returns table (nonce text, verifier text)
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    delete from provider_way w using agency a
     where a.id = w.agency_id and a.key = of_agency and w.state_hash = with_state_hash and w.expires > now()
    returning w.nonce, w.verifier
$body$;

-- The account of this agency that the provider speaks of. A subject once known stays that account's, and an account's
-- subject is its only one: whoever is given a leaver's address by the agency does not become the leaver.
create function account_meant(of_agency text, by_subject bytea, with_email text) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    found_account uuid;
    at_agency integer := (select p.agency_id from agency_provider p join agency a on a.id = p.agency_id where a.key = of_agency);
begin
    select s.account_id into found_account from provider_subject s join account p on p.id = s.account_id
     where s.agency_id = at_agency and s.subject = by_subject and p.agency_id = at_agency and p.is_active;
    if found_account is not null
       or exists (select 1 from provider_subject s where s.agency_id = at_agency and s.subject = by_subject) then
        return found_account;
    end if;
    insert into provider_subject (agency_id, subject, account_id)
    select at_agency, by_subject, p.id from account p
     where p.email = with_email and p.agency_id = at_agency and p.is_active
    on conflict do nothing
    returning account_id into found_account;
    return found_account;
end
$body$;

-- An attempt that begins with what an agency's own sign-in says: two proofs where that asked for more than a password, one
-- where it did not. False where it speaks of nobody here.
create function prove_agency(with_hash bytea, of_agency text, by_subject bytea, with_email text, strong boolean)
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := account_meant(of_agency, by_subject, with_email);
begin
    if who is null then
        return false;
    end if;
    perform begin_attempt(with_hash, 'sign_in', who);
    return prove(with_hash, 'agency', who) and (not strong or prove(with_hash, 'agency_second', who));
end
$body$;

-- For the agency's own administrator, who has proved lately who they are. An empty issuer takes the arrangement away, and
-- another issuer forgets whom the one before it meant.
create function arrange_provider(at_issuer text, as_client text, with_nonce bytea, with_secret bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
begin
    if not coalesce('administrator' = any (who.duties) and who.stepped_up, false) then
        return false;
    end if;
    delete from provider_way where agency_id = who.agency_id;
    delete from provider_subject s using agency_provider p
     where p.agency_id = who.agency_id and s.agency_id = who.agency_id and p.issuer is distinct from at_issuer;
    delete from agency_provider where agency_id = who.agency_id;
    if at_issuer <> '' then
        insert into agency_provider (agency_id, issuer, client_id, nonce, secret)
        values (who.agency_id, at_issuer, as_client, with_nonce, with_secret);
    end if;
    return true;
end
$body$;

-- The account has a new beginning at its agency's provider: asked for where somebody's ways of signing in are reset.
create function forget_subject(of_account uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    delete from provider_subject where account_id = of_account
$body$;

grant execute on function providers(), provider_of(text), begin_way(text, bytea, text, text), end_way(text, bytea),
    prove_agency(bytea, text, bytea, text, boolean) to {door};
grant execute on function arrange_provider(text, text, bytea, bytea) to {app};

alter function providers() owner to {engine};
alter function provider_of(text) owner to {engine};
alter function begin_way(text, bytea, text, text) owner to {engine};
alter function end_way(text, bytea) owner to {engine};
alter function account_meant(text, bytea, text) owner to {engine};
alter function prove_agency(bytea, text, bytea, text, boolean) owner to {engine};
alter function arrange_provider(text, text, bytea, bytea) owner to {engine};
alter function forget_subject(uuid) owner to {engine};

alter table agency_provider enable row level security, force row level security;
alter table provider_way enable row level security, force row level security;
alter table provider_subject enable row level security, force row level security;

-- An administrator sees what is arranged for the own agency, but for its secret.
grant select (agency_id, issuer, client_id) on agency_provider to {app};
create policy own on agency_provider for select to {app}
    using (agency_id = (select (ctx()).agency_id) and 'administrator' = any ((select (ctx()).duties)::text[]));

grant select, insert, update, delete on agency_provider, provider_way, provider_subject to {engine};
create policy engine on agency_provider for all to {engine} using (true) with check (true);
create policy engine on provider_way for all to {engine} using (true) with check (true);
create policy engine on provider_subject for all to {engine} using (true) with check (true);

revoke create on schema public from {engine};
