-- How often may somebody say whom they know, or how they are known? A case that goes from somebody's sight, once they have said
-- so, tells them that they guessed right: so guessing is counted, leads hear of it, and it ends.

grant create on schema public to {engine};
set local check_function_bodies = off;

alter table budget drop constraint budget_what_check;
alter table budget add check (what in ('cases', 'searches', 'given'));
set local row_security = on;  -- the owner's own policy lets it
insert into budget (what, tell, refuse) values ('given', 10, 20);
set local row_security = off;

set local role {engine};

-- Counts an entry against what its person has for an hour, or, of what they give, for a day. One case, and one search by several purposes, count once.
create or replace function spend(e audit_entry, who uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    unshown text[] := '{write,writing,evaluation}';  -- of these nobody sees anything
    kind text := case when e.what = any (unshown) then null when e.case_id is not null then 'cases' when e.what like 'searched\_%' then 'searches' when e.what = 'gave' then 'given' end;
    since timestamptz := now() - case kind when 'given' then interval '1 day' else interval '1 hour' end;
    limits budget;
    spent bigint;
begin
    if who is null or kind is null or exists (
        select 1 from audit_entry o
         where o.account_id = who and o.at > since
           and case kind when 'cases' then o.case_id = e.case_id and o.what <> all (unshown) when 'searches' then o.what like 'searched\_%' and o.at = e.at end) then
        return;
    end if;
    select 1 + case kind when 'cases' then count(distinct o.case_id) filter (where o.what <> all (unshown))
                         when 'searches' then count(distinct o.at) filter (where o.what like 'searched\_%')
                         else count(*) filter (where o.what = 'gave') end
      into spent from audit_entry o where o.account_id = who and o.at > since;
    select * into limits from budget b where b.what = kind;
    if spent > limits.refuse then
        raise exception 'enough for now' using errcode = 'SB429';
    elsif spent = limits.tell then
        perform raise_alarm('budget', null, who, kind);
    end if;
end
$body$;

-- Keeps what who is asking gave, and screens it. What they give of themselves takes the place of what they gave before; a
-- case by its reference is a conflict at once. Always as long, and never an answer: neither tells whether there is such a case.
create or replace function give(new_id uuid, of_kind text, with_sealed bytea, of_purposes smallint[], of_tokens bigint[], of_reference text)
returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    started timestamptz := clock_timestamp();
    who uuid := (ctx()).account_id;
    known uuid;
begin
    if who is null then
        raise exception 'nobody is asking' using errcode = 'insufficient_privilege';
    end if;
    if of_kind <> 'account' then
        perform pg_advisory_xact_lock(hashtextextended(who::text, 11));  -- what is given at one moment is counted too
        insert into audit_entry (account_id, what) values (who, 'gave');
    end if;
    perform lock_marks(of_purposes, of_tokens);
    if of_kind in ('account', 'own') then
        delete from staff_given where account_id = who and kind = of_kind;
    end if;
    insert into staff_given (id, account_id, kind, sealed) values (new_id, who, of_kind, with_sealed);
    insert into staff_mark (given_id, account_id, purpose, token)
    select new_id, who, m.purpose, m.token from unnest(of_purposes, of_tokens) m (purpose, token) on conflict do nothing;
    perform screen(null, new_id);
    select k.id into known from kase k where k.reference = of_reference;
    if known is not null then
        perform exclude(who, known, 3::smallint);
    end if;
    if of_kind <> 'account' then
        perform pg_sleep(extract(epoch from started + interval '150 milliseconds' - clock_timestamp()));
    end if;
end
$body$;

reset role;

revoke create on schema public from {engine};
