-- Who looked at what, and what is not as it should be? Alarms, jobs, and a chain over every reading and every writing.

grant create on schema public to {engine};
set local check_function_bodies = off;

-- Something that a person with oversight is to look at. What kinds there are, and what to do, core/alarms.py says.
-- `detail` is a pattern's or a page's name; nothing here tells anything of anybody but what the closing words, sealed, say.
create table alarm (
    id uuid primary key default gen_random_uuid(),
    kind text not null check (kind ~ '^[a-z][a-z0-9_]*$'),
    detail text not null default '' check (detail ~ '^[a-z0-9_]*$'),
    case_id uuid references kase,
    about_account uuid references account,
    raised_by uuid references account,
    raised_at timestamptz not null default now(),
    for_all boolean not null,
    taken_by uuid references account,
    taken_at timestamptz,
    closed_by uuid references account,
    closed_at timestamptz,
    outcome text not null default '' check (outcome ~ '^[a-z0-9_]*$'),
    words bytea,
    check ((closed_at is null) = (outcome = '')),
    check (num_nulls(closed_at, closed_by, words) in (0, 3)),
    check (num_nulls(taken_at, taken_by) in (0, 2))
);
create index alarm_open on alarm (raised_at) where closed_at is null;

-- What ran beside the site, when, and what came of it: codes and figures.
create table job_run (
    id bigint generated always as identity primary key,
    name text not null check (name ~ '^[a-z][a-z0-9_]*$'),
    at timestamptz not null default now(),
    outcome text not null check (outcome in ('done', 'failed')),
    figure text not null default '' check (figure ~ '^[a-zA-Z0-9 ,.:_-]{0,80}$')
);
create index job_run_lately on job_run (name, at desc);

-- Whether somebody with oversight may deal with an alarm about this case and person: never whom it is about, nor one who is
-- excluded from the case; otherwise those of the agencies that have a part in it, or, where these have nobody, all.
create function looks_after(who uuid, of_case uuid, about uuid, for_all boolean) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select who is distinct from about
       and not exists (select 1 from conflict x where x.user_id = who and x.case_id = of_case)
       and (for_all
            or exists (select 1 from account p where p.id = about and p.agency_id = a.agency_id)
            or exists (select 1 from access_grant g where g.case_id = of_case and g.agency_id = a.agency_id))
      from account a where a.id = who and a.is_active and 'oversight' = any (a.duties)
$body$;

-- Raises an alarm in the transaction of what it is about. The same one, while nobody has taken it, is not raised twice.
create function raise_alarm(of_kind text, of_case uuid, about uuid, in_detail text default '') returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := (ctx()).account_id;
    found_id uuid;
begin
    select a.id into found_id from alarm a
     where a.closed_at is null and a.taken_at is null and a.kind = of_kind and a.detail = in_detail
       and a.case_id is not distinct from of_case and a.about_account is not distinct from about
       and a.raised_by is not distinct from who
     limit 1;
    if found_id is null then
        insert into alarm (kind, detail, case_id, about_account, raised_by, for_all)
        values (of_kind, in_detail, of_case, about, who, not exists (
            select 1 from account p where 'oversight' = any (p.duties) and looks_after(p.id, of_case, about, false)))
        returning id into found_id;
    end if;
    return found_id;
end
$body$;

-- The alarms that who is asking looks after, those still open first and the newest first.
create function alarms_looked_after(only_open boolean, at_most integer, skipping integer)
returns table (id uuid, kind text, detail text, case_id uuid, reference text, about uuid, about_name text, about_agency text,
               raised_name text, raised_at timestamptz, taken_by uuid, taken_name text, taken_at timestamptz, closed_name text,
               closed_at timestamptz, outcome text, words bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select a.id, a.kind, a.detail, a.case_id, k.reference, a.about_account, p.name, g.title, r.name, a.raised_at,
           a.taken_by, t.name, a.taken_at, c.name, a.closed_at, a.outcome, a.words
      from alarm a
      left join kase k on k.id = a.case_id
      left join account p on p.id = a.about_account
      left join agency g on g.id = p.agency_id
      left join account r on r.id = a.raised_by
      left join account t on t.id = a.taken_by
      left join account c on c.id = a.closed_by
     where (a.closed_at is null or not only_open)
       and looks_after((select (ctx()).account_id), a.case_id, a.about_account, a.for_all)
     order by a.closed_at is not null, a.raised_at desc, a.id
     limit at_most offset skipping
$body$;

-- True where it is now theirs to deal with; false where there is none for them, or somebody else has it.
create function take_alarm(which uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := (ctx()).account_id;
begin
    update alarm a set taken_by = who, taken_at = now()
     where a.id = which and a.taken_at is null and a.closed_at is null
       and looks_after(who, a.case_id, a.about_account, a.for_all);
    return found;
end
$body$;

-- True where it is closed with this; false where there is none for them, it is closed, or somebody else has taken it.
create function close_alarm(which uuid, with_outcome text, with_words bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := (ctx()).account_id;
begin
    update alarm a set closed_by = who, closed_at = now(), outcome = with_outcome, words = with_words
     where a.id = which and a.closed_at is null and a.taken_by = who
       and looks_after(who, a.case_id, a.about_account, a.for_all);
    return found;
end
$body$;

grant execute on function
    raise_alarm(text, uuid, uuid, text),
    alarms_looked_after(boolean, integer, integer),
    take_alarm(uuid),
    close_alarm(uuid, text, bytea)
to {app};

alter function looks_after(uuid, uuid, uuid, boolean) owner to {engine};
alter function raise_alarm(text, uuid, uuid, text) owner to {engine};
alter function alarms_looked_after(boolean, integer, integer) owner to {engine};
alter function take_alarm(uuid) owner to {engine};
alter function close_alarm(uuid, text, bytea) owner to {engine};
-- Jobs raise alarms too, at nobody's request.
set local role {engine};
grant execute on function raise_alarm(text, uuid, uuid, text) to {owner};
reset role;

alter table alarm enable row level security, force row level security;
alter table job_run enable row level security, force row level security;

grant select, insert, update, delete on alarm to {engine};
create policy engine on alarm for all to {engine} using (true) with check (true);
-- Nothing in it belongs to a case.
create policy owner on job_run for all to current_user using (true) with check (true);

-- --- The chain -----------------------------------------------------------------------------------------------------------

-- Who read or wrote what: in a case, or a list of cases, or a search of which only the purpose is kept. `bases` are the grants
-- by which they could, `turn` says whether it was theirs to do something, `acting_for` for whom they stood in, `digest` is of
-- the row that an event left.
alter table read_audit rename to audit_entry;
alter table audit_entry
    add column id bigint generated always as identity primary key,
    add column agency_id integer references agency,
    add column role text not null default '' check (role ~ '^[a-z0-9_]*$'),
    add column page text not null default '' check (page ~ '^[a-z0-9_]*$'),
    add column bases integer[] not null default '{}',
    add column turn boolean not null default false,
    add column acting_for uuid references account,
    add column closed boolean not null default false,
    add column digest bytea check (octet_length(digest) = 32),
    alter column account_id drop not null,
    drop constraint read_audit_check,
    add check (num_nulls(case_id, listed) >= 1),
    add check (num_nulls(case_id, account_id) <= 1);
alter index read_audit_of_case rename to audit_entry_of_case;
create index audit_entry_of_account on audit_entry (account_id, at) include (case_id, what);

-- Where an entry stands in its chain: one for each case, and one for each account's lists and searches. `hash` is of the
-- entry and of the hash before it. Written at the end of the transaction, so that nobody waits while a page is made.
create table audit_link (
    chain uuid not null,
    n bigint not null check (n > 0),
    entry bigint not null unique,
    at timestamptz not null default clock_timestamp(),
    hash bytea not null check (octet_length(hash) = 32),
    primary key (chain, n)
);
create index audit_link_lately on audit_link (at) include (chain);
create trigger stays before update or delete on audit_link for each row execute function refuse_change();
create trigger stays_whole before truncate on audit_link for each statement execute function refuse_change();

-- Cases about nobody, made to be left alone. No login but the owner's jobs may ask which they are.
create table decoy (
    case_id uuid primary key references kase,
    made_at timestamptz not null default now()
);

-- How many cases and searches one person has in an hour before somebody is told, and before there are no more.
create table budget (
    what text primary key check (what in ('cases', 'searches')),
    tell integer not null check (tell > 0),
    refuse integer not null check (refuse >= tell)
);
insert into budget (what, tell, refuse) values ('cases', 60, 120), ('searches', 40, 80);

create function micros(at timestamptz) returns bigint
language sql immutable set search_path = pg_catalog, public, pg_temp
as $body$
    select (extract(epoch from at) * 1000000)::bigint
$body$;

-- The digest of what an event left.
create function event_digest(e event) returns bytea
language sql immutable set search_path = pg_catalog, public, pg_temp
as $body$
    select sha256(convert_to(concat_ws('|', e.case_id, e.seq, e.compartment, e.kind, micros(e.recorded_at),
                                       micros(e.happened_at), e.author_agency, e.author_user, e.author_for), 'UTF8')
                  || e.nonce || e.ciphertext)
$body$;

-- The hash of an entry at its place. verify.sql says the same again, from outside the database.
create function link_hash(before bytea, l audit_link, e audit_entry) returns bytea
language sql immutable set search_path = pg_catalog, public, pg_temp
as $body$
    select sha256(before || convert_to(concat_ws('|',
        l.chain, l.n, l.entry, micros(l.at), coalesce(e.case_id::text, ''), coalesce(e.account_id::text, ''),
        coalesce(e.agency_id::text, ''), e.role, micros(e.at), e.what, e.page, coalesce(e.seq::text, ''),
        array_to_string(e.bases, ','), e.turn::integer, e.closed::integer, coalesce(e.acting_for::text, ''),
        coalesce(array_to_string(e.listed, ','), ''), coalesce(encode(e.digest, 'hex'), '')), 'UTF8'))
$body$;

-- Puts an entry at the end of its chain. Whoever calls it holds the chain.
create function link_entry(e audit_entry) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    link audit_link;
    before bytea;
begin
    link.chain := coalesce(e.case_id, e.account_id);
    select l.n + 1, l.hash into link.n, before from audit_link l where l.chain = link.chain order by l.n desc limit 1;
    link.n := coalesce(link.n, 1);
    link.entry := e.id;
    link.at := clock_timestamp();
    link.hash := link_hash(coalesce(before, ''), link, e);
    insert into audit_link select link.*;
end
$body$;

-- Notes that cases were kept otherwise than by their people, event by event: their events as they now are, in one entry.
create function adopt_cases(of_cases uuid[], as_what text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    made audit_entry;
    linked boolean := current_setting('session_replication_role') <> 'replica'
                      and exists (select 1 from pg_trigger t where t.tgrelid = 'audit_entry'::regclass
                                     and t.tgname = 'chained' and t.tgenabled = 'O');
begin
    for made in
        insert into audit_entry (case_id, account_id, what, seq, digest)
        select e.case_id, null, as_what, max(e.seq), sha256(string_agg(event_digest(e), '' order by e.seq))
          from event e where e.case_id = any (of_cases)
         group by e.case_id
        returning *
    loop
        if not linked then  -- no trigger does it
            perform link_entry(made);
        end if;
    end loop;
end
$body$;

-- Before an entry is kept: by what right, and whose turn; alarms that it raises; and whether there was too much of it.
create function note_entry() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
    chains text := coalesce(current_setting('sanctuary.chains', true), '');
    of_chain text := coalesce(new.case_id, new.account_id)::text;
begin
    new.agency_id := who.agency_id;
    new.role := coalesce(who.role, '');
   new.acting_for := who.acting_for;
    if new.case_id is not null and who.account_id is not null then
        select coalesce(array_agg(g.basis order by g.basis), '{}'), coalesce(bool_and(not g.is_open), false),
               coalesce(bool_or(g.is_open and g.needs_us and (g.opens_at is null or g.opens_at <= now())), false)
          into new.bases, new.closed, new.turn
          from access_grant g
         where g.case_id = new.case_id and g.agency_id = who.agency_id and g.role = who.role and g.valid_until > now()
           and (g.account_id is null or g.account_id = who.account_id);
        if exists (select 1 from decoy d where d.case_id = new.case_id) then
            perform raise_alarm('decoy_opened', new.case_id, who.account_id);
        end if;
    end if;
    perform spend(new, who.account_id);
    if position(of_chain in chains) = 0 then
        perform set_config('sanctuary.chains', concat_ws(',', nullif(chains, ''), of_chain), true);
    end if;
    return new;
end
$body$;

-- Counts an entry against what its person has for an hour. One case, and one search by several purposes, count once.
create function spend(e audit_entry, who uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    unshown text[] := '{write,writing,evaluation}';  -- of these nobody sees anything
    kind text := case when e.what = any (unshown) then null when e.case_id is not null then 'cases' when e.what like 'searched\_%' then 'searches' end;
    hour timestamptz := now() - interval '1 hour';
    limits budget;
    spent bigint;
begin
    if who is null or kind is null or exists (
        select 1 from audit_entry o
         where o.account_id = who and o.at > hour
           and case kind when 'cases' then o.case_id = e.case_id and o.what <> all (unshown) else o.what like 'searched\_%' and o.at = e.at end) then
        return;
    end if;
    select 1 + case kind when 'cases' then count(distinct o.case_id) filter (where o.what <> all (unshown))
                         else count(distinct o.at) filter (where o.what like 'searched\_%') end
      into spent from audit_entry o where o.account_id = who and o.at > hour;
    select * into limits from budget b where b.what = kind;
    if spent > limits.refuse then
        raise exception 'enough for an hour' using errcode = 'SB429';
    elsif spent = limits.tell then
        perform raise_alarm('budget', null, who, kind);
    end if;
end
$body$;

-- At the end of the transaction. All its chains are taken first, in one order for everybody: nobody waits in a circle.
create function chain_entry() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    chains text := coalesce(current_setting('sanctuary.chains', true), '');
    of_chain text;
begin
    if chains <> '' then
        for of_chain in select c from unnest(string_to_array(chains, ',')) c order by c loop
            perform pg_advisory_xact_lock(hashtextextended(of_chain, 0));
        end loop;
        perform set_config('sanctuary.chains', '', true);
    end if;
    perform pg_advisory_xact_lock(hashtextextended(coalesce(new.case_id, new.account_id)::text, 0));
    perform link_entry(new);
    return null;
end
$body$;

-- Where the chains stand that grew since then; all of them where nothing was ever noted outside.
create function chain_heads(since timestamptz) returns table (chain uuid, n bigint, hash bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select distinct on (l.chain) l.chain, l.n, l.hash from audit_link l
     where l.chain in (select g.chain from audit_link g where since is null or g.at >= since)
     order by l.chain, l.n desc
$body$;

-- Every event leaves an entry with its digest.
create function note_write() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    insert into audit_entry (case_id, account_id, what, seq, digest)
    values (new.case_id, new.author_user, 'write', new.seq, event_digest(new));
    return null;
end
$body$;

-- --- Who looked at this, and why --------------------------------------------------------------------------------------------

-- Which cases a lead may ask about: those that the own agency has a part in, or that its people read; none that exclude them.
create function may_audit(of_case uuid) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select case when exists (select 1 from access_grant g where g.case_id = of_case and g.agency_id = c.agency_id) then 'whole'
                when exists (select 1 from audit_entry e where e.case_id = of_case and e.agency_id = c.agency_id) then 'own' end
      from ctx() c
     where 'oversight' = any (c.duties)
       and not exists (select 1 from conflict x where x.user_id = c.account_id and x.case_id = of_case)
$body$;

create function case_to_audit(of_reference text) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select k.id from kase k where k.reference = of_reference and may_audit(k.id) is not null
$body$;

create function reference_to_audit(of_case uuid) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select k.reference from kase k where k.id = of_case and may_audit(k.id) is not null
$body$;

-- Notes that a lead looked at readings, as a list of theirs: looking over shoulders is looked over too.
create function note_audit(as_what text, of_case uuid, of_page text) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    insert into audit_entry (account_id, listed, what, page)
    select c.account_id, case when of_case is not null then array[of_case] end, as_what, of_page from ctx() c
$body$;

-- The readings of a case, one line for each page. Of a case without a part for the lead's agency only those of its people.
create function readings_of_case(of_case uuid, since timestamptz, before timestamptz, at_most integer, skipping integer)
returns table (at timestamptz, account_id uuid, name text, agency text, role text, pages text[], whats text[], turn boolean,
               closed boolean, by_procedure boolean, given text[], emergency uuid, for_whom text, lines bigint)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    extent text := may_audit(of_case);
begin
    if extent is null then
        return;
    end if;
    perform note_audit('audit_of_case', of_case, 'audit_case');
    return query
        select r.at, r.account_id, coalesce(p.name, ''), coalesce(a.title, ''), r.role, r.pages, r.whats, r.turn, r.closed,
               r.bases = '{}' or 0 >= any (r.bases),
               array(select e.kind from event e where e.case_id = of_case and e.seq = any (r.bases) order by e.seq),
               (select m.id from emergency m where m.case_id = of_case and m.number = any (r.bases) order by m.number desc limit 1),
               coalesce(f.name, ''), count(*) over ()
          from (select e.at, e.account_id, e.agency_id, e.role, e.acting_for, bool_or(e.turn) as turn, bool_and(e.closed) as closed,
                       array_agg(distinct e.page) as pages, array_agg(distinct e.what) as whats,
                       (select f.bases from audit_entry f where f.id = min(e.id)) as bases
                  from audit_entry e
                 where e.case_id = of_case and e.at >= since and e.at < before
                   and (extent = 'whole' or e.agency_id = (ctx()).agency_id)
                 group by e.at, e.account_id, e.agency_id, e.role, e.acting_for) r
          left join account p on p.id = r.account_id
          left join account f on f.id = r.acting_for
          left join agency a on a.id = r.agency_id
         order by r.at desc, r.account_id
         limit at_most offset skipping;
end
$body$;

-- What a colleague of the lead's own agency read and searched; cases that exclude the lead are not among it.
create function readings_by(of_account uuid, since timestamptz, before timestamptz, at_most integer, skipping integer)
returns table (at timestamptz, case_id uuid, reference text, role text, pages text[], whats text[], turn boolean,
               closed boolean, by_procedure boolean, given text[], emergency uuid, listed integer, for_whom text, lines bigint)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
    hidden uuid[];
begin
    if 'oversight' <> all (who.duties) or not exists (
        select 1 from account p where p.id = of_account and p.agency_id = who.agency_id) then
        return;
    end if;
    hidden := array(select x.case_id from conflict x where x.user_id = who.account_id);
    perform note_audit('audit_of_person', null, 'audit_person');
    return query
        select r.at, r.case_id, k.reference, r.role, r.pages, r.whats, r.turn, r.closed, r.bases = '{}' or 0 >= any (r.bases),
               array(select e.kind from event e where e.case_id = r.case_id and e.seq = any (r.bases) order by e.seq),
               (select m.id from emergency m where m.case_id = r.case_id and m.number = any (r.bases) order by m.number desc limit 1),
               r.listed::integer, coalesce(f.name, ''), count(*) over ()
          from (select e.at, e.case_id, e.role, e.acting_for, bool_or(e.turn) as turn, bool_and(e.closed) as closed,
                       array_agg(distinct e.page) as pages, array_agg(distinct e.what) as whats,
                       (select f.bases from audit_entry f where f.id = min(e.id)) as bases,
                       sum((select count(*) from unnest(e.listed) l (id) where l.id <> all (hidden))) as listed
                  from audit_entry e
                 where e.account_id = of_account and e.at >= since and e.at < before
                   and (e.case_id is null or e.case_id <> all (hidden))
                 group by e.at, e.case_id, e.role, e.acting_for) r
          left join kase k on k.id = r.case_id
          left join account f on f.id = r.acting_for
         order by r.at desc, r.case_id
         limit at_most offset skipping;
end
$body$;

-- For those who have the case: who has looked at it, each once, the latest first. Nothing of why, nor of leads who check.
create function readers_of(of_case uuid, since timestamptz)
returns table (name text, for_whom text, agency text, role text, pages bigint, last_at timestamptz, had_turn boolean,
               wrote boolean)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if (standing_in(of_case)).case_id is null then
        return;
    end if;
    return query
        select p.name, coalesce(f.name, ''), a.title, e.role, count(distinct e.at), max(e.at), bool_or(e.turn),
               bool_or(e.what = 'write')
          from audit_entry e join account p on p.id = e.account_id join agency a on a.id = e.agency_id
          left join account f on f.id = e.acting_for
         where e.case_id = of_case and e.at >= since
         group by p.id, p.name, f.name, a.title, e.role
         order by max(e.at) desc, p.id;
end
$body$;

-- Tells those whose turn it is in a case that others, whose turn it was not, read it and recorded nothing; how many it told.
-- Where it is nobody's turn, those of whoever opened it. One notice waits at a time.
create function tell_who_read(since timestamptz) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    told integer;
begin
    insert into message (kind, case_id, agency_id, role)
    select 'who_read', r.case_id, t.agency_id, t.role
      from (select e.case_id from audit_entry e join kase k on k.id = e.case_id
             where e.at >= since and e.account_id is not null
             group by e.case_id, e.account_id having not bool_or(e.turn) and not bool_or(e.what = 'write')) r
      join lateral (
          select g.agency_id, g.role from access_grant g
           where g.case_id = r.case_id and g.is_open and g.needs_us and g.account_id is null and g.valid_until > now()
          union
          select e.author_agency, p.role from event e join account p on p.id = e.author_user
           where e.case_id = r.case_id and e.seq = 1
             and exists (select 1 from access_grant g where g.case_id = r.case_id and g.is_open)
             and not exists (select 1 from access_grant g where g.case_id = r.case_id and g.is_open and g.needs_us)) t on true
     where not exists (select 1 from message m where m.kind = 'who_read' and m.case_id = r.case_id and m.opened is null
                          and m.agency_id = t.agency_id and m.role = t.role)
     group by r.case_id, t.agency_id, t.role;
    get diagnostics told = row_count;
    return told;
end
$body$;

-- --- Patterns, decoys, budgets -----------------------------------------------------------------------------------------------

-- Colleagues of whom it is known that they leave: what they read then is looked at more closely.
create table leaver (
    account_id uuid primary key references account,
    since timestamptz not null default now(),
    said_by uuid not null references account
);

-- True where it is now so; by a lead of the same agency, not about themselves.
create function say_leaving(of_account uuid, leaves boolean) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
begin
    if 'oversight' <> all (who.duties) or who.account_id = of_account or not exists (
        select 1 from account p where p.id = of_account and p.agency_id = who.agency_id) then
        return false;
    end if;
    if leaves then
        insert into leaver (account_id, said_by) values (of_account, who.account_id) on conflict do nothing;
    else
        delete from leaver where account_id = of_account;
    end if;
    return true;
end
$body$;

create function is_leaving(of_account uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select exists (select 1 from leaver l join account p on p.id = l.account_id join ctx() c on c.agency_id = p.agency_id
                    where l.account_id = of_account and 'oversight' = any (c.duties))
$body$;

-- Readings as the patterns take them, one for each page of a case and for each search.
create function readings_for_patterns(after timestamptz)
returns table (at timestamptz, account_id uuid, case_id uuid, wrote boolean, turn boolean, closed boolean, leaving boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select e.at, e.account_id, e.case_id, bool_or(e.what = 'write'), bool_or(e.turn), bool_and(e.closed),
           bool_or(coalesce(l.since <= e.at, false))
      from audit_entry e left join leaver l on l.account_id = e.account_id
     where e.at >= after and e.account_id is not null
       and (e.case_id is not null or e.what like 'searched\_%')
     group by e.at, e.account_id, e.case_id
     order by e.at
$body$;

create function surnames_of(of_cases uuid[], of_purpose smallint) returns table (case_id uuid, tokens integer[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select t.case_id, array_agg(t.token) from search_token t
     where t.case_id = any (of_cases) and t.purpose = of_purpose group by t.case_id
$body$;

-- Which alarms about a pattern stand already, so that no two are raised for one stretch of time.
create function patterns_told(after timestamptz) returns table (detail text, case_id uuid, about uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select a.detail, a.case_id, a.about_account from alarm a where a.kind = 'snooping' and a.raised_at >= after
$body$;

-- How many cases of a scheme, that who is asking may see, were opened and closed on which days, and why. No decoy is counted.
-- A closed case has nothing left to do, so what was done last closed it; one that was written down afterwards came when the
-- first thing in it was done. Days are London's.
create function stays(of_scheme text, of_area text) returns table (opened date, closed date, reason text, cases bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select (least(k.opened_at, d.first_at) at time zone 'Europe/London')::date,
           (case when o.closed then d.last_at end at time zone 'Europe/London')::date,
           case when o.closed then o.outcome else '' end,
           count(*)
      from (select distinct g.case_id from ctx() c
              join access_grant g on g.agency_id = c.agency_id and g.role = c.role
             where g.valid_until > now()
               and case when g.account_id is null then c.areas is null or g.area = any (c.areas)
                        else g.account_id = c.account_id end
               and not exists (select 1 from conflict x where x.user_id = c.account_id and x.case_id = g.case_id)) m
      join kase k on k.id = m.case_id
      join case_projection p on p.case_id = k.id
      join lateral (select p.progress ->> 'outcome' as outcome,
                           p.progress ->> 'outcome' not in ('open', 'stopped') as closed) o on true
      join lateral (select min((e ->> 'at')::timestamptz) as first_at, max((e ->> 'at')::timestamptz) as last_at
                      from jsonb_array_elements(p.progress -> 'done') e) d on true
     where k.scheme = of_scheme and (of_area = '' or k.area = of_area)
       and not exists (select 1 from decoy y where y.case_id = k.id)
     group by 1, 2, 3
$body$;

-- --- Stopping everyone -------------------------------------------------------------------------------------------------------

-- While there is a row, nobody signs in.
create table standstill (
    only_one boolean primary key default true check (only_one),
    since timestamptz not null default now(),
    stopped_by uuid references account
);

-- Ends every session at once, and lets nobody in. Whoever opens a session at this moment is waited for, or waits.
create function stop_all(by_account uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    perform pg_advisory_xact_lock(hashtextextended('sanctuary standstill', 0));
    insert into standstill (stopped_by) values (by_account) on conflict do nothing;
    update sign_in_session set expires = now() where expires > now();
    perform raise_alarm('all_stopped', null, null);
end
$body$;

-- The same by somebody with oversight who proved lately who they are. False for anybody else.
create function stop_everyone() returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
begin
    if not coalesce('oversight' = any (who.duties) and who.stepped_up, false) then
        return false;
    end if;
    perform stop_all(who.account_id);
    return true;
end
$body$;

create function let_in() returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    delete from standstill;
    return found;
end
$body$;

create function refuse_standstill() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    perform pg_advisory_xact_lock_shared(hashtextextended('sanctuary standstill', 0));
    if exists (select 1 from standstill) then
        raise exception 'everyone is stopped' using errcode = 'SB503';
    end if;
    return new;
end
$body$;

create trigger stands_still before insert on sign_in_session for each row execute function refuse_standstill();
create trigger noted before insert on audit_entry for each row execute function note_entry();
create constraint trigger chained after insert on audit_entry
    deferrable initially deferred for each row execute function chain_entry();
create trigger noted after insert on event for each row execute function note_write();

alter table audit_link enable row level security, force row level security;
alter table decoy enable row level security, force row level security;
alter table budget enable row level security, force row level security;
alter table leaver enable row level security, force row level security;
alter table standstill enable row level security, force row level security;

-- What events leave, and what was loaded, only functions note.
alter policy own on audit_entry
    with check (account_id = (select (ctx()).account_id) and what not in ('write', 'loaded', 'adopted')
                and (case_id is null or exists (select 1 from access_grant g where g.case_id = audit_entry.case_id)));
grant insert (page) on audit_entry to {app};
grant select, insert on audit_entry, audit_link to {engine};
grant select, delete on decoy to {engine};
grant select on budget to {engine};
create policy engine on audit_entry for all to {engine} using (true) with check (true);
create policy engine on audit_link for all to {engine} using (true) with check (true);
create policy engine on decoy for all to {engine} using (true) with check (true);
create policy engine on budget for select to {engine} using (true);
grant select, insert, delete on leaver, standstill to {engine};
create policy engine on leaver for all to {engine} using (true) with check (true);
create policy engine on standstill for all to {engine} using (true) with check (true);
create policy owner on budget for all to current_user using (true) with check (true);

grant execute on function
    may_audit(uuid),
    case_to_audit(text),
    reference_to_audit(uuid),
    readings_of_case(uuid, timestamptz, timestamptz, integer, integer),
    readings_by(uuid, timestamptz, timestamptz, integer, integer),
    readers_of(uuid, timestamptz),
    say_leaving(uuid, boolean),
    is_leaving(uuid),
    stays(text, text),
    stop_everyone()
to {app};

alter function may_audit(uuid) owner to {engine};
alter function reference_to_audit(uuid) owner to {engine};
alter function case_to_audit(text) owner to {engine};
alter function note_audit(text, uuid, text) owner to {engine};
alter function readings_of_case(uuid, timestamptz, timestamptz, integer, integer) owner to {engine};
alter function readings_by(uuid, timestamptz, timestamptz, integer, integer) owner to {engine};
alter function readers_of(uuid, timestamptz) owner to {engine};
alter function say_leaving(uuid, boolean) owner to {engine};
alter function is_leaving(uuid) owner to {engine};
alter function tell_who_read(timestamptz) owner to {engine};
alter function readings_for_patterns(timestamptz) owner to {engine};
alter function surnames_of(uuid[], smallint) owner to {engine};
alter function patterns_told(timestamptz) owner to {engine};
alter function stays(text, text) owner to {engine};
alter function stop_all(uuid) owner to {engine};
alter function stop_everyone() owner to {engine};
alter function let_in() owner to {engine};
alter function refuse_standstill() owner to {engine};
alter function micros(timestamptz) owner to {engine};
alter function event_digest(event) owner to {engine};
alter function link_hash(bytea, audit_link, audit_entry) owner to {engine};
alter function link_entry(audit_entry) owner to {engine};
alter function adopt_cases(uuid[], text) owner to {engine};
alter function note_entry() owner to {engine};
alter function spend(audit_entry, uuid) owner to {engine};
alter function chain_entry() owner to {engine};
alter function note_write() owner to {engine};
alter function chain_heads(timestamptz) owner to {engine};
set local role {engine};
grant execute on function
    chain_heads(timestamptz),
    tell_who_read(timestamptz),
    readings_for_patterns(timestamptz),
    surnames_of(uuid[], smallint),
    patterns_told(timestamptz),
    stop_all(uuid),
    let_in()
to {owner};
reset role;

-- What was recorded before there was a chain begins it, as it now is.
alter table audit_entry disable trigger user;
set local role {engine};
set local row_security = on;  -- the engine's own policies let it
do $$
declare
    e audit_entry;
begin
    for e in select * from audit_entry order by id loop
        perform link_entry(e);
    end loop;
    perform adopt_cases(array_agg(k.id), 'adopted') from kase k;
end $$;
set local row_security = off;
reset role;
alter table audit_entry enable trigger user;

revoke create on schema public from {engine};
