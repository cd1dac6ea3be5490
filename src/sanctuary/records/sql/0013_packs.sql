-- Where does a copy of somebody's record lie until two people let it go? Sealed with the key of every part of the record that
-- it was made of, so that it is gone where one of them is.

grant create on schema public to {engine};
set local check_function_bodies = off;

-- `digest` is that of the file itself, `sealed` None once it was handed out or another was made in its place.
create table pack (
    id uuid primary key,
    case_id uuid not null references kase,
    at_seq integer not null,
    recipient text not null check (recipient in ('person', 'acting_for_person')),
    items integer not null check (items > 0),
    parts smallint[] not null check (array_length(parts, 1) > 0),
    digest bytea not null check (octet_length(digest) = 32),
    sealed bytea,
    agency_id integer not null references agency,
    made_by uuid not null references account,
    made_at timestamptz not null default clock_timestamp(),
    released_at timestamptz,
    check (released_at is null or sealed is null)
);
create index pack_of_case on pack (case_id, made_at desc);
create trigger stays before delete on pack for each row execute function refuse_change();
create trigger stays_whole before truncate on pack for each statement execute function refuse_change();

-- A pack is only ever emptied; nothing else of it changes.
create function refuse_other_pack() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if (old.id, old.case_id, old.at_seq, old.recipient, old.items, old.parts, old.digest, old.agency_id, old.made_by, old.made_at)
       is distinct from
       (new.id, new.case_id, new.at_seq, new.recipient, new.items, new.parts, new.digest, new.agency_id, new.made_by, new.made_at)
       or new.sealed is not null or old.released_at is not null then
        raise exception 'a pack stays as it was made' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$body$;
create trigger stays_as_made before update on pack for each row execute function refuse_other_pack();

-- Keeps a pack in place of what the same person made of this case before. True where it was kept; false where they may not
-- write in the case and read all of which it was made, or something has happened since.
create function keep_pack(new_id uuid, of_case uuid, of_seq integer, for_recipient text, of_items integer,
                          of_parts smallint[], of_digest bytea, with_sealed bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
    mine access_grant := standing_in(of_case);
begin
    if coalesce(mine.write_mask, 0) = 0
       or exists (select 1 from unnest(of_parts) n where (mine.read_mask >> n) & 1 = 0)
       or not exists (select 1 from kase k where k.id = of_case and k.head_seq = of_seq) then
        return false;
    end if;
    update pack set sealed = null where case_id = of_case and made_by = who.account_id and sealed is not null;
    insert into pack (id, case_id, at_seq, recipient, items, parts, digest, sealed, agency_id, made_by)
    values (new_id, of_case, of_seq, for_recipient, of_items, of_parts, of_digest, with_sealed, who.agency_id, who.account_id);
    return true;
end
$body$;

-- The keys that open a pack, still wrapped: for whoever made it, as long as they may read all of it; and, while it is
-- proposed, for the second person, who else would agree to what they have not seen.
create function pack_keys(of_pack uuid) returns table (compartment smallint, wrapped bytea)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
    held pack;
    mine access_grant;
begin
    select * into held from pack where id = of_pack;
    mine := standing_in(held.case_id);
    if not ((held.made_by = who.account_id and coalesce(mine.write_mask, 0) > 0
             and not exists (select 1 from unnest(held.parts) n where (mine.read_mask >> n) & 1 = 0))
            or (held.agency_id = who.agency_id and takes_part('{oversight}', held.case_id, of_pack::text) and exists (
                select 1 from proposal p where p.kind = 'release' and p.case_id = held.case_id and p.subject = of_pack::text
                   and p.decided_at is null and p.expires > clock_timestamp()))) then
        return;
    end if;
    return query select k.compartment, k.wrapped from case_key k
                  where k.case_id = held.case_id and k.compartment = any (held.parts);
end
$body$;

-- Lets the pack go, once, to whoever made it, where another person agreed to exactly these bytes and nothing has happened in
-- the case since they were made.
create function release_pack(of_pack uuid, of_proposal uuid, of_digest bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
    held pack;
    head integer;
begin
    select p.case_id into held.case_id from pack p where p.id = of_pack;
    select k.head_seq into head from kase k where k.id = held.case_id for no key update;
    select * into held from pack where id = of_pack for update;
    if held.made_by is distinct from who.account_id or held.sealed is null or held.at_seq is distinct from head
       or held.digest is distinct from of_digest or coalesce((standing_in(held.case_id)).write_mask, 0) = 0
       or not carry_out_proposal(of_proposal, 'release', held.case_id, of_pack::text, of_digest) then
        return false;
    end if;
    update pack set sealed = null, released_at = clock_timestamp() where id = of_pack;
    return true;
end
$body$;

-- Empties every pack that can no longer be let go, or was made over a week ago; how many.
create function empty_old_packs(before timestamptz) returns bigint
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    with emptied as (
        update pack p set sealed = null from kase k
         where k.id = p.case_id and p.sealed is not null
           and (k.head_seq <> p.at_seq or p.made_at < before - interval '7 days')
        returning 1)
    select count(*) from emptied
$body$;

grant execute on function
    keep_pack(uuid, uuid, integer, text, integer, smallint[], bytea, bytea),
    pack_keys(uuid),
    release_pack(uuid, uuid, bytea)
to {app};

alter function keep_pack(uuid, uuid, integer, text, integer, smallint[], bytea, bytea) owner to {engine};
alter function pack_keys(uuid) owner to {engine};
alter function release_pack(uuid, uuid, bytea) owner to {engine};
alter function empty_old_packs(timestamptz) owner to {engine};
-- What is done again and again, at nobody's request: so the owner may, and the application may not.
set local role {engine};
grant execute on function empty_old_packs(timestamptz) to {owner};
reset role;

alter table pack enable row level security, force row level security;

-- Whoever works on the case knows that a pack was made; so does the second person, to whom it was proposed.
grant select on pack to {app};
create policy granted on pack for select to {app}
    using (exists (select 1 from access_grant g where g.case_id = pack.case_id)
           or exists (select 1 from proposal p where p.kind = 'release' and p.case_id = pack.case_id and p.subject = pack.id::text));
create policy conflict on pack as restrictive for all to {app}
    using (not exists (select 1 from conflict x where x.user_id = (select (ctx()).account_id) and x.case_id = pack.case_id));

grant select, insert, update on pack to {engine};
create policy engine on pack for all to {engine} using (true) with check (true);

revoke create on schema public from {engine};
