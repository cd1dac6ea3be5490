-- How is a case found again? Its encrypted summary for lists, blind indexes for search, and what erasure leaves.

grant create on schema public to {engine};
-- The owner, who creates these functions, is held off the rows that they will see as the engine.
set local check_function_bodies = off;

-- Name and the like, encrypted with the key of compartment 0, so that a list need not read events.
create table case_summary (
    case_id uuid primary key references kase,
    nonce bytea not null check (octet_length(nonce) = 12),
    ciphertext bytea not null
);

-- Keyed and cut short: several values share a token, so that a stolen index names nobody.
create table search_token (
    case_id uuid not null references kase,
    purpose smallint not null,
    token integer not null,
    primary key (purpose, token, case_id)
);
create index search_token_of_case on search_token (case_id);

-- Replaces a case's summary and its tokens for the purposes given. False where one may not write in compartment 0.
create function describe_case(of_case uuid, with_nonce bytea, with_ciphertext bytea, purposes smallint[],
                              token_purposes smallint[], tokens integer[])
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if coalesce((standing_in(of_case)).write_mask, 0) & 1 = 0 then
        return false;
    end if;
    if with_nonce is not null then
        insert into case_summary (case_id, nonce, ciphertext) values (of_case, with_nonce, with_ciphertext)
        on conflict (case_id) do update set nonce = excluded.nonce, ciphertext = excluded.ciphertext;
    end if;
    delete from search_token where case_id = of_case and purpose = any (purposes);
    insert into search_token (case_id, purpose, token)
    select of_case, t.p, t.t from unnest(token_purposes, tokens) t (p, t) on conflict do nothing;
    return true;
end
$body$;

-- Destroys the key of one compartment of a case: what was encrypted with it is gone, here and in every copy.
create function erase_compartment(of_case uuid, number smallint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    delete from case_key where case_id = of_case and compartment = number;
    if number = 0 then
        delete from case_summary where case_id = of_case;
        delete from search_token where case_id = of_case;
    end if;
end
$body$;

grant execute on function describe_case(uuid, bytea, bytea, smallint[], smallint[], integer[]) to {app};
alter function describe_case(uuid, bytea, bytea, smallint[], smallint[], integer[]) owner to {engine};
alter function erase_compartment(uuid, smallint) owner to {engine};
-- Retention calls this, at nobody's request: so the owner may, and the application may not.
set local role {engine};
grant execute on function erase_compartment(uuid, smallint) to {owner};
reset role;

alter table case_summary enable row level security, force row level security;
alter table search_token enable row level security, force row level security;

grant select on case_summary, search_token to {app};
create policy granted on case_summary for select to {app}
    using (exists (select 1 from access_grant g where g.case_id = case_summary.case_id and g.read_mask & 1 = 1));
create policy granted on search_token for select to {app}
    using (exists (select 1 from access_grant g where g.case_id = search_token.case_id and g.read_mask & 1 = 1));
create policy conflict on case_summary as restrictive for all to {app}
    using (not exists (select 1 from conflict x where x.user_id = (select (ctx()).account_id) and x.case_id = case_summary.case_id));
create policy conflict on search_token as restrictive for all to {app}
    using (not exists (select 1 from conflict x where x.user_id = (select (ctx()).account_id) and x.case_id = search_token.case_id));

grant select, insert, update, delete on case_summary, search_token to {engine};
create policy engine on case_summary for all to {engine} using (true) with check (true);
create policy engine on search_token for all to {engine} using (true) with check (true);

revoke create on schema public from {engine};
