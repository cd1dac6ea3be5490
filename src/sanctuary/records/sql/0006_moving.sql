-- How does a case go on under another version of its scheme, and how many came and went? Whom the procedure lets move it,
-- the application decides; that it stays in its scheme and that nothing erased comes back, this does.

grant create on schema public to {engine};
set local check_function_bodies = off;

-- True where it was done; false where there is no such case for this person to write in, or no such version of its scheme.
-- A compartment that is new gets a key, unless something was ever recorded in it: then its key was destroyed, for good.
create function move_case(of_case uuid, to_version text, numbers smallint[], keys bytea[]) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if coalesce((standing_in(of_case)).write_mask, 0) = 0 then
        return false;
    end if;
    update kase k set version = v.id from scheme_version v
     where k.id = of_case and v.id = to_version and v.scheme = k.scheme;
    if not found then
        return false;
    end if;
    insert into case_key (case_id, compartment, wrapped)
    select of_case, n.number, n.wrapped from unnest(numbers, keys) n (number, wrapped)
     where not exists (select 1 from event e where e.case_id = of_case and e.compartment = n.number)
    on conflict do nothing;
    return true;
end
$body$;

grant execute on function move_case(uuid, text, smallint[], bytea[]) to {app};
alter function move_case(uuid, text, smallint[], bytea[]) owner to {engine};

revoke create on schema public from {engine};
