-- Who settles an alarm? Never who caused it: whom it is about, who raised it by what they did, or who stands in for either.
-- And is there anybody else at all who could be the second person?

grant create on schema public to {engine};
set local check_function_bodies = off;

-- Whether all who have oversight look after it: while it is open and those of its agencies are nobody but who raised it.
create function is_for_all(a alarm) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select a.for_all or (a.closed_at is null and not exists (
        select 1 from account p
         where 'oversight' = any (p.duties) and p.id is distinct from a.raised_by
           and looks_after(p.id, a.case_id, a.about_account, false)))
$body$;

create function sees_alarm(who uuid, a alarm) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select coalesce(looks_after(who, a.case_id, a.about_account, false), false)
        or (is_for_all(a) and coalesce(looks_after(who, a.case_id, a.about_account, true), false))
$body$;

-- Whether somebody, or somebody who acts for a colleague, may take it in hand and close it.
create function settles(who uuid, acts_for uuid, a alarm) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select who is distinct from a.raised_by
       and not coalesce(acts_for in (a.raised_by, a.about_account), false)
       and sees_alarm(who, a)
$body$;

-- Whether somebody has it in hand: who took it and has left since, or caused it, has not.
create function in_hand(a alarm) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select a.taken_by is not null and settles(a.taken_by, null, a)
$body$;

-- Whether anybody else in the agency of who is asking could agree to what takes two people.
create function others_oversee() returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select exists (select 1 from ctx() c join account a on a.agency_id = c.agency_id
                    where a.id <> c.account_id and a.is_active and 'oversight' = any (a.duties))
$body$;
grant execute on function others_oversee() to {app};
alter function others_oversee() owner to {engine};

grant execute on function is_for_all(alarm), sees_alarm(uuid, alarm), settles(uuid, uuid, alarm), in_hand(alarm) to {engine};
alter function is_for_all(alarm) owner to {engine};
alter function sees_alarm(uuid, alarm) owner to {engine};
alter function settles(uuid, uuid, alarm) owner to {engine};
alter function in_hand(alarm) owner to {engine};

set local role {engine};
drop function alarms_looked_after(boolean, integer, integer);
reset role;

-- The alarms that who is asking looks after, those still open first and the newest first. `settled_by_me`: whether they may
-- settle it; `by_others`: whether anybody else may, asked only of an open one that they may not.
create function alarms_looked_after(only_open boolean, at_most integer, skipping integer)
returns table (id uuid, kind text, detail text, case_id uuid, reference text, about uuid, about_name text, about_agency text,
               raised_name text, raised_at timestamptz, taken_by uuid, taken_name text, taken_at timestamptz, closed_name text,
               closed_at timestamptz, outcome text, words bytea, settled_by_me boolean, by_others boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select a.id, a.kind, a.detail, a.case_id, k.reference, a.about_account, p.name, g.title, r.name, a.raised_at,
           t.id, t.name, case when t.id is not null then a.taken_at end, c.name, a.closed_at, a.outcome, a.words, m.mine,
           m.mine or a.closed_at is not null or exists (
               select 1 from account o
                where o.id <> w.account_id and 'oversight' = any (o.duties) and settles(o.id, null, a))
      from ctx() w
     cross join alarm a
     cross join lateral (select settles(w.account_id, w.acting_for, a) as mine) m
      left join kase k on k.id = a.case_id
      left join account p on p.id = a.about_account
      left join agency g on g.id = p.agency_id
      left join account r on r.id = a.raised_by
      left join account t on t.id = a.taken_by and (a.closed_at is not null or in_hand(a))
      left join account c on c.id = a.closed_by
     where (a.closed_at is null or not only_open)
       and sees_alarm(w.account_id, a)
     order by a.closed_at is not null, a.raised_at desc, a.id
     limit at_most offset skipping
$body$;
grant execute on function alarms_looked_after(boolean, integer, integer) to {app};
alter function alarms_looked_after(boolean, integer, integer) owner to {engine};

set local role {engine};

-- True where it is now theirs to deal with; false where it is not for them to settle, or somebody else has it. Whoever took
-- it keeps seeing it, whoever else comes to look after it.
create or replace function take_alarm(which uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
begin
    update alarm a set taken_by = who.account_id, taken_at = now(), for_all = is_for_all(a)
     where a.id = which and a.closed_at is null and not in_hand(a) and settles(who.account_id, who.acting_for, a);
    return found;
end
$body$;

-- True where it is closed with this; false where it is not for them to settle, is closed, or somebody else has taken it.
create or replace function close_alarm(which uuid, with_outcome text, with_words bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
begin
    update alarm a set closed_by = who.account_id, closed_at = now(), outcome = with_outcome, words = with_words
     where a.id = which and a.closed_at is null and a.taken_by = who.account_id
       and settles(who.account_id, who.acting_for, a);
    return found;
end
$body$;

reset role;
revoke create on schema public from {engine};
