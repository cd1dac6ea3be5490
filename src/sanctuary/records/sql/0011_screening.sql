-- Who must not see a case, because they know somebody in it? Keyed marks of the people of every case and of everybody who
-- works here; where two are the same the case is gone for that colleague, in the transaction that wrote either. And cases
-- that name the same people on opposite sides.

grant create on schema public to {engine};
set local check_function_bodies = off;

-- What a conflict rests on: 1 a name alone, 2 a number, address or home, 3 the colleague said so. Oversight looks at those
-- by name alone; "kept": somebody did, and it stays.
alter table conflict
    add column source smallint not null default 3 check (source between 1 and 3),
    add column state text not null default 'found' check (state in ('found', 'kept')),
    add column found_at timestamptz not null default now();

-- Conflicts that two people lifted: what they rested on then excludes nobody again.
create table conflict_lifted (
    user_id uuid not null references account,
    case_id uuid not null references kase,
    source smallint not null,
    lifted_at timestamptz not null default now(),
    primary key (user_id, case_id)
);

-- The people of a case: their names, numbers, addresses and homes as keyed tokens. `side`: 0 the person and children, 1 the
-- perpetrator, 2 others; `compartment` where the answer lies, so that they are gone when it is erased.
create table case_mark (
    case_id uuid not null references kase,
    compartment smallint not null check (compartment between 0 and 30),
    side smallint not null check (side between 0 and 2),
    purpose smallint not null check (purpose between 1 and 4),
    token bigint not null,
    primary key (purpose, token, case_id, side, compartment)
);
create index case_mark_of_case on case_mark (case_id, compartment);

-- What a colleague gave about themselves or about somebody they know: sealed, for nobody to read but to be screened again.
create table staff_given (
    id uuid primary key,
    account_id uuid not null references account,
    kind text not null check (kind in ('account', 'own', 'known', 'case')),
    given_at timestamptz not null default now(),
    sealed bytea not null
);
create index staff_given_of_account on staff_given (account_id);

create table staff_mark (
    given_id uuid not null references staff_given on delete cascade,
    account_id uuid not null references account,
    purpose smallint not null check (purpose between 1 and 4),
    token bigint not null,
    primary key (purpose, token, given_id)
);
create index staff_mark_of_given on staff_mark (given_id);

-- Two cases in which somebody is the person of one and the perpetrator of the other. `purposes`: what is the same.
create table crossing (
    id uuid primary key default gen_random_uuid(),
    one_case uuid not null references kase,
    other_case uuid not null references kase,
    purposes smallint[] not null,
    found_at timestamptz not null default now(),
    looked_at timestamptz,
    looked_by uuid references account,
    outcome text not null default '' check (outcome in ('', 'same_people', 'other_people', 'not_clear')),
    unique (one_case, other_case),
    check (one_case < other_case),
    check (num_nulls(looked_at, looked_by) in (0, 2) and (looked_at is null) = (outcome = ''))
);

-- Of two who write the same mark at one moment the second waits for the first, and then sees it. Locked in one order.
create function lock_marks(of_purposes smallint[], of_tokens bigint[]) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select pg_advisory_xact_lock(m.key)
      from (select distinct t.token # t.purpose::bigint as key from unnest(of_purposes, of_tokens) t (purpose, token)
             order by 1) m
$body$;

-- Shuts somebody out of a case from this moment on, unless two people lifted what it rests on.
create function exclude(of_account uuid, of_case uuid, by_source smallint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if exists (select 1 from conflict_lifted l
                where l.user_id = of_account and l.case_id = of_case and l.source >= by_source) then
        return;
    end if;
    insert into conflict as x (user_id, case_id, source) values (of_account, of_case, by_source)
    on conflict (user_id, case_id) do update
       set source = excluded.source, state = 'found', found_at = now() where x.source < excluded.source;
    if found then
        perform raise_alarm('conflict_found', of_case, of_account);
    end if;
end
$body$;

-- Excludes everybody whose marks are those of a person in the case: of one case, or of one thing that was given.
create function screen(of_case uuid, of_given uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    hit record;
begin
    for hit in
        select s.account_id, c.case_id, max(case when c.purpose = 1 then 1 else 2 end)::smallint as source
          from case_mark c join staff_mark s on s.purpose = c.purpose and s.token = c.token
         where (of_case is null or c.case_id = of_case) and (of_given is null or s.given_id = of_given)
         group by s.account_id, c.case_id
         order by s.account_id, c.case_id
    loop
        perform exclude(hit.account_id, hit.case_id, hit.source);
    end loop;
end
$body$;

-- Notes every case that names somebody on the side opposite to where this one does. More that is the same opens it again.
create function find_crossings(of_case uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    hit record;
begin
    for hit in
        select least(mine.case_id, its.case_id) as one, greatest(mine.case_id, its.case_id) as other,
               array_agg(distinct mine.purpose order by mine.purpose) as same
          from case_mark mine
          join case_mark its on its.purpose = mine.purpose and its.token = mine.token and its.case_id <> mine.case_id
         where mine.case_id = of_case and (mine.side, its.side) in ((0, 1), (1, 0))
         group by 1, 2 order by 1, 2
    loop
        insert into crossing as c (one_case, other_case, purposes) values (hit.one, hit.other, hit.same)
        on conflict (one_case, other_case) do update
           set purposes = excluded.purposes, found_at = now(), looked_at = null, looked_by = null, outcome = ''
         where not c.purposes @> excluded.purposes;
        if found then
            perform raise_alarm('crossing', of_case, null);
        end if;
    end loop;
end
$body$;

-- Replaces the marks of the people of a case, and screens them. The last thing that is done in a transaction: whoever is
-- asking may be shut out by it. False where there is no such case for this person to write in: they may now, or did in this
-- transaction, and what they wrote has given the case to others.
create function mark_case(of_case uuid, parts smallint[], sides smallint[], of_purposes smallint[], of_tokens bigint[])
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if coalesce((standing_in(of_case)).write_mask, 0) = 0 and not exists (
        select 1 from event e where e.case_id = of_case and e.author_user = (ctx()).account_id and e.recorded_at = now()
    ) then
        return false;
    end if;
    perform lock_marks(of_purposes, of_tokens);
    delete from case_mark where case_id = of_case;
    insert into case_mark (case_id, compartment, side, purpose, token)
    select of_case, m.part, m.side, m.purpose, m.token
      from unnest(parts, sides, of_purposes, of_tokens) m (part, side, purpose, token)
    on conflict do nothing;
    perform screen(of_case, null);
    perform find_crossings(of_case);
    return true;
end
$body$;

-- Keeps what who is asking gave, and screens it. What they give of themselves takes the place of what they gave before; a
-- case by its reference is a conflict at once. Always as long, and never an answer: neither tells whether there is such a case.
create function give(new_id uuid, of_kind text, with_sealed bytea, of_purposes smallint[], of_tokens bigint[], of_reference text)
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

-- What who is asking gave, by kind and day alone.
create function given_by_me() returns table (kind text, given_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select g.kind, g.given_at from staff_given g
     where g.account_id = (select (ctx()).account_id) and g.kind <> 'account' order by g.given_at desc
$body$;

-- Conflicts that who is asking has the oversight of: those that rest on a name alone and nobody has looked at come first.
create function conflicts_looked_after(at_most integer)
returns table (user_id uuid, name text, agency text, case_id uuid, reference text, source smallint, state text,
               found_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select x.user_id, p.name, a.title, x.case_id, k.reference, x.source, x.state, x.found_at
      from conflict x
      join account p on p.id = x.user_id
      join agency a on a.id = p.agency_id
      join kase k on k.id = x.case_id
     where looks_after((select (ctx()).account_id), x.case_id, x.user_id, false)
     order by x.source = 1 and x.state = 'found' desc, x.found_at desc, x.user_id, x.case_id
     limit at_most
$body$;

-- Somebody with oversight looked at a conflict by name, and it stays. False where there is none for them to look at.
create function keep_conflict(of_account uuid, of_case uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    update conflict x set state = 'kept'
     where x.user_id = of_account and x.case_id = of_case and x.state = 'found'
       and looks_after((ctx()).account_id, of_case, of_account, false);
    return found;
end
$body$;

-- Lifts a conflict that two people agreed to lift, once. What it rested on excludes that colleague from that case no more;
-- anything stronger still does.
create function lift_conflict(of_proposal uuid, of_account uuid, of_case uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    rested_on smallint;
begin
    if not carry_out_proposal(of_proposal, 'lift_conflict', of_case, of_account::text, ''::bytea) then
        return false;
    end if;
    delete from conflict x where x.user_id = of_account and x.case_id = of_case returning x.source into rested_on;
    insert into conflict_lifted as l (user_id, case_id, source)
    select of_account, of_case, rested_on where rested_on is not null
    on conflict (user_id, case_id) do update set source = greatest(l.source, excluded.source), lifted_at = now();
    return rested_on is not null;
end
$body$;

-- Whether somebody is told of a crossing: a specialist shut out of neither case, of an agency with a part in one of them;
-- or any, where these have none.
create function sees_crossing(who uuid, one uuid, other uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    with near as (
        select p.id, exists (select 1 from access_grant g where g.case_id in (one, other) and g.agency_id = p.agency_id) as is_near
          from account p
         where p.is_active and 'specialist' = any (p.duties)
           and not exists (select 1 from conflict x where x.user_id = p.id and x.case_id in (one, other))
    )
    select exists (select 1 from near where near.id = who and (near.is_near or not exists (select 1 from near n where n.is_near)))
$body$;

create function crossings_for_me()
returns table (id uuid, one text, other text, purposes smallint[], found_at timestamptz, looked_at timestamptz, looked_by text,
               outcome text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select c.id, o.reference, t.reference, c.purposes, c.found_at, c.looked_at, p.name, c.outcome
      from crossing c
      join kase o on o.id = c.one_case
      join kase t on t.id = c.other_case
      left join account p on p.id = c.looked_by
     where sees_crossing((select (ctx()).account_id), c.one_case, c.other_case)
     order by c.looked_at is not null, c.found_at desc, c.id
$body$;

-- What a specialist found a crossing to be. False where there is none for them that nobody has looked at.
create function look_at_crossing(which uuid, with_outcome text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who uuid := (ctx()).account_id;
begin
    update crossing c set looked_at = now(), looked_by = who, outcome = with_outcome
     where c.id = which and c.looked_at is null and sees_crossing(who, c.one_case, c.other_case);
    return found;
end
$body$;

-- The marks of a compartment go with its key.
create function forget_marks() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    delete from case_mark where case_id = old.case_id and compartment = old.compartment;
    return null;
end
$body$;
create trigger forgets_marks after delete on case_key for each row execute function forget_marks();

-- Everything that was given, for a job that screens it again once spellings are read in another way.
create function given_by_all() returns table (id uuid, account_id uuid, kind text, sealed bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select g.id, g.account_id, g.kind, g.sealed from staff_given g order by g.id
$body$;

create function mark_given(of_given uuid, of_purposes smallint[], of_tokens bigint[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    perform lock_marks(of_purposes, of_tokens);
    insert into staff_mark (given_id, account_id, purpose, token)
    select g.id, g.account_id, m.purpose, m.token
      from staff_given g, unnest(of_purposes, of_tokens) m (purpose, token) where g.id = of_given
    on conflict do nothing;
    perform screen(null, of_given);
end
$body$;

-- The name and address of the account of who is asking, where they have not been screened as they are now.
create function unscreened() returns table (name text, email text, digest bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select a.name, a.email, d.digest
      from account a, lateral (select sha256(convert_to(a.name || '|' || a.email, 'UTF8')) as digest) d
     where a.id = (select (ctx()).account_id)
       and not exists (select 1 from staff_given g where g.account_id = a.id and g.kind = 'account' and g.sealed = d.digest)
$body$;

grant execute on function
    mark_case(uuid, smallint[], smallint[], smallint[], bigint[]),
    give(uuid, text, bytea, smallint[], bigint[], text),
    given_by_me(),
    conflicts_looked_after(integer),
    keep_conflict(uuid, uuid),
    lift_conflict(uuid, uuid, uuid),
    crossings_for_me(),
    look_at_crossing(uuid, text),
    unscreened()
to {app};

alter function lock_marks(smallint[], bigint[]) owner to {engine};
alter function exclude(uuid, uuid, smallint) owner to {engine};
alter function screen(uuid, uuid) owner to {engine};
alter function find_crossings(uuid) owner to {engine};
alter function mark_case(uuid, smallint[], smallint[], smallint[], bigint[]) owner to {engine};
alter function give(uuid, text, bytea, smallint[], bigint[], text) owner to {engine};
alter function given_by_me() owner to {engine};
alter function conflicts_looked_after(integer) owner to {engine};
alter function keep_conflict(uuid, uuid) owner to {engine};
alter function lift_conflict(uuid, uuid, uuid) owner to {engine};
alter function sees_crossing(uuid, uuid, uuid) owner to {engine};
alter function crossings_for_me() owner to {engine};
alter function look_at_crossing(uuid, text) owner to {engine};
alter function forget_marks() owner to {engine};
alter function given_by_all() owner to {engine};
alter function mark_given(uuid, smallint[], bigint[]) owner to {engine};
alter function unscreened() owner to {engine};
-- A job screens again what was given, at nobody's request: so the owner may, and the application may not.
set local role {engine};
grant execute on function given_by_all(), mark_given(uuid, smallint[], bigint[]) to {owner};
reset role;

alter table conflict_lifted enable row level security, force row level security;
alter table case_mark enable row level security, force row level security;
alter table staff_given enable row level security, force row level security;
alter table staff_mark enable row level security, force row level security;
alter table crossing enable row level security, force row level security;

-- The policies of every table ask who is shut out; on what that rests is nobody's to read but through a function above.
revoke select on conflict from {app};
grant select (user_id, case_id) on conflict to {app};

grant select, insert, update, delete on conflict to {engine};
drop policy engine on conflict;
create policy engine on conflict for all to {engine} using (true) with check (true);
grant select, insert, update on conflict_lifted, crossing to {engine};
create policy engine on conflict_lifted for all to {engine} using (true) with check (true);
create policy engine on crossing for all to {engine} using (true) with check (true);
grant select, insert, delete on case_mark, staff_given, staff_mark to {engine};
create policy engine on case_mark for all to {engine} using (true) with check (true);
create policy engine on staff_given for all to {engine} using (true) with check (true);
create policy engine on staff_mark for all to {engine} using (true) with check (true);

revoke create on schema public from {engine};
