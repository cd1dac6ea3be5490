-- What takes two people? Somebody proposes an act, another agrees, and it is carried out once, as it was proposed. What the
-- act then does, its own function says.

grant create on schema public to {engine};
set local check_function_bodies = off;

-- Nothing here is about a person but who proposed and who answered. `subject` names what the act is done to: an id or a
-- number. `digest` and `at_seq`, where given, hold it to exact bytes and to the case as it stood.
create table proposal (
    id uuid primary key,
    kind text not null check (kind ~ '^[a-z][a-z_]*$'),
    case_id uuid not null references kase,
    reference text not null,
    subject text not null check (subject ~ '^[a-z0-9_-]{0,64}$'),
    digest bytea not null,
    at_seq integer,
    agency_id integer not null references agency,
    proposed_by uuid not null references account,
    proposed_at timestamptz not null default clock_timestamp(),
    expires timestamptz not null default clock_timestamp() + interval '3 days',
    decided_by uuid references account,
    decided_at timestamptz,
    agreed boolean,
    carried_out timestamptz,
    check (num_nonnulls(decided_by, decided_at, agreed) in (0, 3)),
    check (not agreed or decided_by <> proposed_by),
    check (carried_out is null or agreed)
);
create index proposal_of_agency on proposal (agency_id, expires) where decided_at is null;
create index proposal_of_case on proposal (case_id);

-- What was proposed stays as it is, and every answer is given once.
create function refuse_second_answer() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $body$
begin
    if (old.id, old.kind, old.case_id, old.reference, old.subject, old.digest, old.at_seq, old.agency_id, old.proposed_by,
        old.proposed_at, old.expires) is distinct from
       (new.id, new.kind, new.case_id, new.reference, new.subject, new.digest, new.at_seq, new.agency_id, new.proposed_by,
        new.proposed_at, new.expires)
       or (old.decided_at is not null and (old.decided_by, old.decided_at, old.agreed) is distinct from
                                          (new.decided_by, new.decided_at, new.agreed))
       or old.carried_out is not null then
        raise exception 'what two people did stays as it is' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$body$;
create trigger stays_as_proposed before update on proposal for each row execute function refuse_second_answer();
create trigger stays before delete on proposal for each row execute function refuse_change();
create trigger stays_whole before truncate on proposal for each statement execute function refuse_change();

-- Who may propose and who may agree to each kind: somebody with one of these duties, or "standing": whoever may write in
-- the case. The same table as core/proposals.py.
create function two_person_acts() returns table (kind text, proposes text[], agrees text[])
language sql immutable set search_path = pg_catalog, public, pg_temp
as $body$
    values ('release', '{standing}'::text[], '{oversight}'::text[]),
           ('erase', '{oversight,standing}', '{oversight}'),
           ('lift_conflict', '{oversight,specialist}', '{oversight}')
$body$;

-- Whether this account has been shut out of the case, or is the one whom the act is about.
create function kept_out(of_account uuid, of_case uuid, of_subject text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select of_account is null or of_subject = of_account::text
        or exists (select 1 from conflict x where x.user_id = of_account and x.case_id = of_case)
$body$;

-- Whether who is asking may take this part in an act on this case. They have proved lately who they are; a duty counts where
-- their agency has part in the case. A deputy has no duty but their own.
create function takes_part(parts text[], of_case uuid, of_subject text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $body$
    select coalesce(bool_or(
        c.stepped_up and not kept_out(c.account_id, of_case, of_subject)
        and (('standing' = any (parts) and coalesce((standing_in(of_case)).write_mask, 0) > 0)
             or (c.duties && parts
                 and (exists (select 1 from access_grant g where g.case_id = of_case and g.agency_id = c.agency_id)
                      or exists (select 1 from event e where e.case_id = of_case and e.author_agency = c.agency_id))))
    ), false) from ctx() c
$body$;

-- Asks for an act. Refused alike where there is no such case, where it is hidden from this person, or not for them to ask.
create function propose(new_id uuid, of_kind text, of_case uuid, of_subject text, of_digest bytea, of_seq integer) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
    parts text[] := (select a.proposes from two_person_acts() a where a.kind = of_kind);
begin
    if not takes_part(parts, of_case, of_subject) then
        raise exception 'this is not theirs to propose' using errcode = 'insufficient_privilege';
    end if;
    insert into proposal (id, kind, case_id, reference, subject, digest, at_seq, agency_id, proposed_by)
    select new_id, of_kind, k.id, k.reference, of_subject, of_digest, of_seq, who.agency_id, who.account_id
      from kase k where k.id = of_case;
end
$body$;

-- Says yes or no. True where that counts now: it is open, and the answer is another person's than whoever proposed it, of
-- the same agency. Whoever proposed it may say no, which takes it back.
create function decide_proposal(of_proposal uuid, says_yes boolean) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
    held proposal;
begin
    select * into held from proposal where id = of_proposal for update;
    if held.id is null or held.decided_at is not null or held.expires <= clock_timestamp() then
        return false;
    end if;
    if held.proposed_by = who.account_id then
        if says_yes then
            return false;
        end if;
    elsif held.agency_id is distinct from who.agency_id or not takes_part(
            (select a.agrees from two_person_acts() a where a.kind = held.kind), held.case_id, held.subject) then
        return false;
    end if;
    if says_yes and kept_out(held.proposed_by, held.case_id, held.subject) then
        return false;
    end if;
    update proposal set decided_by = who.account_id, decided_at = clock_timestamp(), agreed = says_yes where id = held.id;
    return true;
end
$body$;

-- Takes the agreement, once. True where another person agreed to exactly this, it has not expired, both are still here and
-- not shut out, and the case stands as it stood. For functions that act at nobody's request; `carry_out_proposal` for others.
create function spend_proposal(of_proposal uuid, of_kind text, of_case uuid, of_subject text, of_digest bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    held proposal;
    head integer;
begin
    select k.head_seq into head from kase k where k.id = of_case for no key update;  -- readers hold its key
    select * into held from proposal where id = of_proposal for update;
    if not coalesce(held.agreed, false) or held.carried_out is not null or held.expires <= clock_timestamp()
       or (held.kind, held.case_id, held.subject, held.digest) is distinct from (of_kind, of_case, of_subject, of_digest)
       or (held.at_seq is not null and held.at_seq is distinct from head)
       or kept_out(held.proposed_by, of_case, of_subject) or kept_out(held.decided_by, of_case, of_subject)
       or (select count(*) from account a where a.id in (held.proposed_by, held.decided_by) and a.is_active) <> 2 then
        return false;
    end if;
    update proposal set carried_out = clock_timestamp() where id = held.id;
    return true;
end
$body$;

-- The same for a request: by one of the two, who has proved lately who they are.
create function carry_out_proposal(of_proposal uuid, of_kind text, of_case uuid, of_subject text, of_digest bytea)
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    who standing := ctx();
begin
    if not coalesce(who.stepped_up, false) or not exists (
        select 1 from proposal p where p.id = of_proposal and who.account_id in (p.proposed_by, p.decided_by)
    ) then
        return false;
    end if;
    return spend_proposal(of_proposal, of_kind, of_case, of_subject, of_digest);
end
$body$;

grant execute on function
    propose(uuid, text, uuid, text, bytea, integer),
    decide_proposal(uuid, boolean),
    carry_out_proposal(uuid, text, uuid, text, bytea)
to {app};

alter function two_person_acts() owner to {engine};
alter function kept_out(uuid, uuid, text) owner to {engine};
alter function takes_part(text[], uuid, text) owner to {engine};
alter function propose(uuid, text, uuid, text, bytea, integer) owner to {engine};
alter function decide_proposal(uuid, boolean) owner to {engine};
alter function spend_proposal(uuid, text, uuid, text, bytea) owner to {engine};
alter function carry_out_proposal(uuid, text, uuid, text, bytea) owner to {engine};
-- Retention carries out what two people agreed to, at nobody's request: so the owner may, and the application may not.
set local role {engine};
grant execute on function spend_proposal(uuid, text, uuid, text, bytea) to {owner};
reset role;

alter table proposal enable row level security, force row level security;

-- What one proposed oneself, and what one's own agency has to answer; never in a case from which one is shut out, or about
-- oneself.
grant select on proposal to {app};
create policy own_or_asked on proposal for select to {app}
    using (proposed_by = (select (ctx()).account_id)
           or (agency_id = (select (ctx()).agency_id) and 'oversight' = any ((select (ctx()).duties)::text[])));
create policy conflict on proposal as restrictive for all to {app}
    using (subject <> (select (ctx()).account_id)::text
           and not exists (select 1 from conflict x where x.user_id = (select (ctx()).account_id) and x.case_id = proposal.case_id));

grant select, insert, update on proposal to {engine};
create policy engine on proposal for all to {engine} using (true) with check (true);

revoke create on schema public from {engine};
