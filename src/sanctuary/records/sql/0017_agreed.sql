-- To what did two people agree who lifted a conflict? To what was known of it when they were asked.

grant create on schema public to {engine};
set local check_function_bodies = off;
set local role {engine};

-- Shuts somebody out of a case from this moment on, unless two people lifted what it rests on.
create or replace function exclude(of_account uuid, of_case uuid, by_source smallint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if exists (select 1 from conflict_lifted l
                where l.user_id = of_account and l.case_id = of_case and l.source >= by_source) then
        return;
    end if;
    insert into conflict as x (user_id, case_id, source, found_at) values (of_account, of_case, by_source, clock_timestamp())
    on conflict (user_id, case_id) do update
       set source = excluded.source, state = 'found', found_at = excluded.found_at where x.source < excluded.source;
    if found then
        perform raise_alarm('conflict_found', of_case, of_account);
    end if;
end
$body$;

-- Lifts a conflict that two people agreed to lift, once. What it rested on excludes that colleague from that case no more;
-- anything stronger still does: so does what was found after it was proposed, which neither of the two had before them.
create or replace function lift_conflict(of_proposal uuid, of_account uuid, of_case uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    rested_on smallint;
begin
    perform 1 from conflict x where x.user_id = of_account and x.case_id = of_case for update;
    if exists (select 1 from conflict x join proposal p on p.id = of_proposal
                where x.user_id = of_account and x.case_id = of_case and x.found_at > p.proposed_at)
       or not carry_out_proposal(of_proposal, 'lift_conflict', of_case, of_account::text, ''::bytea) then
        return false;
    end if;
    delete from conflict x where x.user_id = of_account and x.case_id = of_case returning x.source into rested_on;
    insert into conflict_lifted as l (user_id, case_id, source)
    select of_account, of_case, rested_on where rested_on is not null
    on conflict (user_id, case_id) do update set source = greatest(l.source, excluded.source), lifted_at = now();
    return rested_on is not null;
end
$body$;

reset role;

revoke create on schema public from {engine};
