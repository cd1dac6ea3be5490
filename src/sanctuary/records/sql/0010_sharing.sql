-- Who is told of what, and what may somebody see who has to look at a case in an emergency? Notices that wait inside the
-- site, and one person's leave for some hours, with an alarm, a review, and its event in the case.

grant create on schema public to {engine};
set local check_function_bodies = off;

-- A notice that waits until its reader opens it: nothing personal, its kind in words is the application's.
-- For one person, or for everybody who plays a role or has a duty in an agency. `subject`: what it leads to beside a case.
create table message (
    id uuid primary key default gen_random_uuid(),
    kind text not null check (kind ~ '^[a-z][a-z0-9_]*$'),
    case_id uuid references kase,
    subject uuid,
    account_id uuid references account,
    agency_id integer references agency,
    role text,
    duty text,
    rests_on text not null default '' check (rests_on ~ '^([a-z_]+\.[a-z0-9_]+)?$'),
    queued timestamptz not null default now(),
    valid_until timestamptz not null default '9999-12-31 00:00+00',
    opened timestamptz,
    opened_by uuid references account,
    check (account_id is not null and num_nonnulls(agency_id, role, duty) = 0
           or account_id is null and agency_id is not null and num_nonnulls(role, duty) = 1),
    check (rests_on = '' or case_id is not null)
);
create index message_waiting on message (agency_id, account_id) where opened is null;
create index message_of_case on message (case_id) where opened is null;

-- One person's leave in an emergency, and what a second person thought of it. `number` is that of its event in the case.
-- What both wrote is sealed with a key of its own, which is gone with the case's.
create table emergency (
    id uuid primary key,
    case_id uuid not null references kase,
    reference text not null,
    number integer not null,
    account_id uuid not null references account,
    agency_id integer not null references agency,
    role text not null,
    agencies integer[] not null,
    opened timestamptz not null default now(),
    ends timestamptz not null,
    review_due timestamptz not null,
    wrapped bytea check (octet_length(wrapped) = 60),
    nonce bytea not null check (octet_length(nonce) = 12),
    reason bytea not null,
    reviewed timestamptz,
    reviewer uuid references account,
    verdict text check (verdict in ('justified', 'not_justified')),
    words_nonce bytea check (octet_length(words_nonce) = 12),
    words bytea,
    alarmed timestamptz,
    unique (case_id, number),
    check (ends > opened and ends <= opened + interval '4 hours'),
    check (reviewer <> account_id),
    check (num_nulls(reviewed, reviewer, verdict, words_nonce, words) in (0, 5))
);
create index emergency_to_review on emergency (review_due) where verdict is null;

-- Every try, whatever came of it: so that nobody tries references until one answers.
create table emergency_attempt (
    account_id uuid not null references account,
    at timestamptz not null default clock_timestamp(),
    opened boolean not null
);
create index emergency_attempt_of_account on emergency_attempt (account_id, at);
create trigger stays before update or delete on emergency_attempt for each row execute function refuse_change();

-- Whether somebody is among those who may be told and, later, among those who review: an agency's, and not excluded.
create function oversees(who standing, of_emergency emergency) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select 'oversight' = any (who.duties) and who.agency_id = any (of_emergency.agencies)
           and not exists (select 1 from conflict x where x.user_id = who.account_id and x.case_id = of_emergency.case_id)
$body$;

-- Queues a notice. About a case only for one who has a grant on it; false where they have none, or there is no such agency.
create function queue_message(of_kind text, of_case uuid, to_account uuid, to_agency text, to_role text, to_duty text,
                              rests text, until timestamptz)
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if (ctx()).account_id is null or (of_case is not null and (standing_in(of_case)).case_id is null) then
        return false;
    end if;
    insert into message (kind, case_id, account_id, agency_id, role, duty, rests_on, valid_until)
    select of_kind, of_case, to_account, a.id, to_role, to_duty, rests, until
      from (select 1) one left join agency a on a.key = to_agency
     where to_agency is null or a.id is not null;
    return found;
end
$body$;

-- Takes back every notice about the case that still waits and rests on something that does not hold any more.
create function settle_messages(of_case uuid, holding text[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if coalesce((standing_in(of_case)).write_mask, 0) <> 0 then
        delete from message m where m.case_id = of_case and m.opened is null and m.rests_on <> '' and m.rests_on <> all (holding);
    end if;
end
$body$;

-- Marks a notice as opened by who is asking. False where there is none for them.
create function open_message(which uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
begin
    update message m set opened = now(), opened_by = who.account_id
     where m.id = which and m.opened is null and m.valid_until > now()
       and (m.account_id = who.account_id
            or m.agency_id = who.agency_id and (m.role = who.role and (standing_in(m.case_id)).case_id is not null
                                                or m.duty = any (who.duties)))
       and not exists (select 1 from conflict x where x.user_id = who.account_id and x.case_id = m.case_id);
    return found;
end
$body$;

-- Opens a case to who is asking, alone, for their role's whole reading, and says until when. No row where it does not: no
-- such case, one that was erased, one that they are excluded from, one whose scheme does not know their role, too many
-- tries. All of these are looked up in every case, so that neither the answer nor the time it takes tells them apart.
-- The event and the grants that follow from it are recorded in the same transaction, or it does not commit.
create function break_glass(new_id uuid, of_reference text, with_key bytea, with_nonce bytea, with_reason bytea)
returns table (of_case uuid, at_number integer, until timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
    tries integer;
    found_id uuid;
    place text;
    masks role_ceiling;
    next_number integer;
    concerned integer[];
    may boolean;
begin
    if who.account_id is null or not who.stepped_up then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtextextended(who.account_id::text, 10));  -- tries at one moment are counted too
    select count(*) into tries from emergency_attempt a where a.account_id = who.account_id and a.at > now() - interval '1 hour';
    select k.id, k.scheme || '/' || k.area, r.version is not null and r.read_mask > 0 and x.case_id is null and y.case_id is not null
      into found_id, place, may
      from (select of_reference as reference) asked
      left join kase k on k.reference = asked.reference
      left join role_ceiling r on r.version = k.version and r.role = who.role
      left join conflict x on x.case_id = k.id and x.user_id = who.account_id
      left join case_key y on y.case_id = k.id and y.compartment = 0;
    may := coalesce(may, false) and tries < 5;
    insert into emergency_attempt (account_id, opened) values (who.account_id, may);
    if tries = 5 then
        perform raise_alarm('snooping', null::uuid, who.account_id, 'emergency_attempts');
    end if;
    if not may then
        return;
    end if;
    select k.head_seq + 1 into next_number from kase k where k.id = found_id for no key update;
    select r.* into masks from kase k join role_ceiling r on r.version = k.version and r.role = who.role where k.id = found_id;
    select array_agg(distinct p.id) into concerned from agency p
     where p.id = who.agency_id
        or exists (select 1 from access_grant g where g.case_id = found_id and g.agency_id = p.id and g.basis = 0);
    insert into emergency (id, case_id, reference, number, account_id, agency_id, role, agencies, ends, review_due, wrapped, nonce, reason)
    values (new_id, found_id, of_reference, next_number, who.account_id, who.agency_id, who.role, concerned,
            now() + interval '4 hours',
            ((now() at time zone 'Europe/London')::date + 1)::timestamp at time zone 'Europe/London',
            with_key, with_nonce, with_reason);
    -- To add its own event to the core: that is taken away again with the grants that follow from it.
    insert into access_grant (agency_id, role, case_id, read_mask, write_mask, valid_until, account_id, basis, area, in_list)
    values (who.agency_id, who.role, found_id, masks.read_mask, 1, now() + interval '4 hours', who.account_id, next_number,
            place, false);
    insert into message (kind, case_id, subject, agency_id, duty)
    select 'emergency_opened', found_id, new_id, unnest(concerned), 'oversight';
    perform raise_alarm('emergency_opened', found_id, who.account_id, '');
    return query select found_id, next_number, now() + interval '4 hours';
end
$body$;

-- No commit leaves an emergency that its case does not tell of, or that lets anybody write.
create function require_told() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if not exists (select 1 from event e
                    where e.case_id = new.case_id and e.seq = new.number and e.kind = 'emergency'
                      and e.compartment = 0 and e.author_user = new.account_id)
       or exists (select 1 from access_grant g
                   where g.case_id = new.case_id and g.basis = new.number and g.account_id = new.account_id and g.write_mask <> 0)
    then
        raise exception 'an emergency was left without its event' using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end
$body$;
create constraint trigger told after insert on emergency
    deferrable initially deferred for each row execute function require_told();

-- A grant to one person alone is theirs by an emergency that was opened, and ends with it, whatever a request says.
create function require_emergency() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if not exists (select 1 from emergency e
                    where e.case_id = new.case_id and e.number = new.basis and e.account_id = new.account_id
                      and new.valid_until <= e.ends)
    then
        raise exception 'a grant to one person without an emergency' using errcode = 'check_violation';
    end if;
    return new;
end
$body$;
create trigger is_an_emergency before insert or update on access_grant
    for each row when (new.account_id is not null and '"' || current_user || '"' = '{engine}')
    execute function require_emergency();

-- What was written about an emergency goes with the core of its case.
create function forget_emergencies() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    update emergency set wrapped = null where case_id = old.case_id;
    return null;
end
$body$;
create trigger forgets after delete on case_key
    for each row when (old.compartment = 0) execute function forget_emergencies();

-- What somebody with oversight thinks of an emergency: another than who opened it, or who stands in for them. False where
-- there is none for them to review, or somebody has.
create function review_emergency(which uuid, of_verdict text, with_nonce bytea, with_words bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
    opener uuid;
begin
    update emergency e
       set reviewed = now(), reviewer = who.account_id, verdict = of_verdict, words_nonce = with_nonce, words = with_words
     where e.id = which and e.verdict is null and oversees(who, e) and coalesce(who.stepped_up, false)
       and e.account_id <> who.account_id and e.account_id is distinct from who.acting_for
    returning e.account_id into opener;
    if opener is null then
        return false;
    end if;
    delete from message m where m.subject = which and m.opened is null;
    insert into message (kind, subject, account_id) values ('emergency_reviewed', which, opener);
    return true;
end
$body$;

-- What was read by emergency access, for those who review it, from what a later file calls audit_entry.
create function read_in_emergency(which uuid) returns table (at timestamptz, what text, page text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select r.at, r.what, r.page
      from emergency e
      join audit_entry r on r.case_id = e.case_id and r.account_id = e.account_id and r.at >= e.opened and r.at < e.ends
     where e.id = which and oversees((select ctx()), e)
     order by r.at
$body$;

-- Raises an alarm, once each, for the emergencies that nobody reviewed in time. How many.
create function overdue_emergencies() returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    late emergency;
    counted integer := 0;
begin
    for late in
        update emergency set alarmed = now() where verdict is null and alarmed is null and review_due <= now() returning *
    loop
        perform raise_alarm('emergency_unreviewed', late.case_id, late.account_id, '');
        counted := counted + 1;
    end loop;
    return counted;
end
$body$;

grant execute on function
    queue_message(text, uuid, uuid, text, text, text, text, timestamptz),
    settle_messages(uuid, text[]),
    open_message(uuid),
    break_glass(uuid, text, bytea, bytea, bytea),
    review_emergency(uuid, text, bytea, bytea),
    read_in_emergency(uuid)
to {app};

alter function oversees(standing, emergency) owner to {engine};
alter function queue_message(text, uuid, uuid, text, text, text, text, timestamptz) owner to {engine};
alter function settle_messages(uuid, text[]) owner to {engine};
alter function open_message(uuid) owner to {engine};
alter function break_glass(uuid, text, bytea, bytea, bytea) owner to {engine};
alter function require_told() owner to {engine};
alter function require_emergency() owner to {engine};
alter function forget_emergencies() owner to {engine};
alter function review_emergency(uuid, text, bytea, bytea) owner to {engine};
alter function read_in_emergency(uuid) owner to {engine};
alter function overdue_emergencies() owner to {engine};
-- A job asks for this, at nobody's request.
set local role {engine};
grant execute on function overdue_emergencies() to {owner};
reset role;

alter table message enable row level security, force row level security;
alter table emergency enable row level security, force row level security;
alter table emergency_attempt enable row level security, force row level security;

-- A notice to a role is for those of the role who can see its case: with the grant the notice goes.
grant select on message, emergency to {app};
create policy own on message for select to {app}
    using (opened is null and valid_until > now()
           and (account_id = (select (ctx()).account_id)
                or agency_id = (select (ctx()).agency_id)
                   and (role = (select (ctx()).role) and exists (select 1 from access_grant g where g.case_id = message.case_id)
                        or duty = any ((select (ctx()).duties)::text[]))));
create policy conflict on message as restrictive for all to {app}
    using (not exists (select 1 from conflict x where x.user_id = (select (ctx()).account_id) and x.case_id = message.case_id));

-- Who opened it sees that it lasts; those who review see it whole.
create policy own on emergency for select to {app} using (account_id = (select (ctx()).account_id));
create policy overseen on emergency for select to {app}
    using ('oversight' = any ((select (ctx()).duties)::text[]) and (select (ctx()).agency_id) = any (agencies));
create policy conflict on emergency as restrictive for all to {app}
    using (not exists (select 1 from conflict x where x.user_id = (select (ctx()).account_id) and x.case_id = emergency.case_id));

grant select, insert, update, delete on message to {engine};
grant select, insert, update on emergency to {engine};
grant select, insert on emergency_attempt to {engine};
grant select on read_audit to {engine};
create policy engine on message for all to {engine} using (true) with check (true);
create policy engine on emergency for all to {engine} using (true) with check (true);
create policy engine on emergency_attempt for all to {engine} using (true) with check (true);
create policy engine_reviews on read_audit for select to {engine} using (true);

revoke create on schema public from {engine};
