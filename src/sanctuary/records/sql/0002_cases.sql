-- What is a case? Its definition, events, keys, grants and projection, and who may see and add to each.

grant create on schema public to {engine};

create function refuse_change() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $body$
begin
    raise exception 'what is recorded in % stays as it is', tg_table_name using errcode = 'integrity_constraint_violation';
end
$body$;

-- A scheme's definition as it was written, under the hash of its content.
create table scheme_version (
    id text primary key,
    scheme text not null check (scheme ~ '^[a-z][a-z0-9_]*$'),
    document text not null,
    loaded_at timestamptz not null default now()
);
create trigger stays before update or delete on scheme_version for each row execute function refuse_change();
create trigger stays_whole before truncate on scheme_version for each statement execute function refuse_change();

-- The most that a role may ever read and write under a version; grants stay below it. Bit n of a mask is compartment n.
create table role_ceiling (
    version text not null references scheme_version,
    role text not null check (role ~ '^[a-z][a-z0-9_]*$'),
    read_mask integer not null check (read_mask >= 0),
    write_mask integer not null check (write_mask >= 0),
    primary key (version, role)
);
create trigger stays before update or delete on role_ceiling for each row execute function refuse_change();

create table kase (
    id uuid primary key,
    reference text not null unique,
    scheme text not null,
    version text not null references scheme_version,
    area text not null,
    opened_at timestamptz not null default now(),
    head_seq integer not null default 0
);

-- Who may do what in a case, one row for each agency and role, which is also that role's line in the worklist.
create table access_grant (
    agency_id integer not null references agency,
    role text not null,
    case_id uuid not null references kase,
    read_mask integer not null check (read_mask >= 0),
    write_mask integer not null check (write_mask >= 0),
    valid_until timestamptz not null default '9999-12-31 00:00+00',
    is_open boolean not null default true,
    stage text not null default '',
    needs_us boolean not null default false,
    due_at timestamptz,
    opens_at timestamptz,
    next_step text not null default '',
    waiting_on text not null default '',
    last_at timestamptz not null default now(),
    primary key (agency_id, role, case_id)
);
create index access_grant_of_case on access_grant (case_id, agency_id, role) include (read_mask, write_mask, valid_until);
create index access_grant_our_turn on access_grant (agency_id, role, due_at, case_id) where is_open and needs_us;
-- With all that is asked of each grant, so that whole worklists are counted in the index alone.
create index access_grant_lately on access_grant (agency_id, role, last_at desc, case_id)
    include (needs_us, opens_at, valid_until) where is_open;

-- People who must never see a case, whatever their role: relatives, neighbours, those it is about.
create table conflict (
    user_id uuid not null references account,
    case_id uuid not null references kase,
    primary key (user_id, case_id)
);

create table event (
    case_id uuid not null references kase,
    seq integer not null check (seq > 0),
    compartment smallint not null check (compartment between 0 and 30),
    kind text not null check (kind ~ '^[a-z][a-z0-9_]*$'),
    recorded_at timestamptz not null default now(),
    happened_at timestamptz not null,
    author_agency integer not null default (ctx()).agency_id references agency,
    author_user uuid not null default (ctx()).account_id references account,
    nonce bytea not null check (octet_length(nonce) = 12),
    ciphertext bytea not null,
    primary key (case_id, seq)
);
create trigger stays before update or delete on event for each row execute function refuse_change();
create trigger stays_whole before truncate on event for each statement execute function refuse_change();

-- One data key for each case and compartment, wrapped by a master key that the database never sees. No row: erased.
create table case_key (
    case_id uuid not null references kase,
    compartment smallint not null check (compartment between 0 and 30),
    wrapped bytea not null check (octet_length(wrapped) = 60),
    primary key (case_id, compartment)
);
create trigger stays before update on case_key for each row execute function refuse_change();

-- What the engine last concluded; nothing personal, so that every role sees the next step and none the reasons of another.
create table case_projection (
    case_id uuid primary key references kase,
    progress jsonb not null,
    computed_seq integer not null,
    recheck_at timestamptz
);
create index case_projection_to_recheck on case_projection (recheck_at) where recheck_at is not null;

-- Events are numbered without gaps; of two that want the same number one is refused.
create function count_event() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    update kase set head_seq = new.seq where id = new.case_id and head_seq = new.seq - 1;
    if not found then
        raise exception 'an event is out of turn' using errcode = 'unique_violation';
    end if;
    return null;
end
$body$;
create trigger counts after insert on event for each row execute function count_event();

-- No commit leaves a case whose projection is older than its events: grants and worklists are always right.
create function require_projection() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $body$
declare
    of_case uuid;
begin
    if tg_table_name = 'kase' then of_case := new.id; else of_case := new.case_id; end if;
    if not exists (
        select 1 from kase k join case_projection p on p.case_id = k.id and p.computed_seq = k.head_seq
         where k.id = of_case
    ) then
        raise exception 'a case was left without its progress' using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end
$body$;
create constraint trigger projected after insert on event
    deferrable initially deferred for each row execute function require_projection();
create constraint trigger projected after insert on kase
    deferrable initially deferred for each row execute function require_projection();

alter function count_event() owner to {engine};
alter function require_projection() owner to {engine};

alter table scheme_version enable row level security, force row level security;
alter table role_ceiling enable row level security, force row level security;
alter table kase enable row level security, force row level security;
alter table access_grant enable row level security, force row level security;
alter table conflict enable row level security, force row level security;
alter table event enable row level security, force row level security;
alter table case_key enable row level security, force row level security;
alter table case_projection enable row level security, force row level security;

grant select on scheme_version, kase, access_grant, conflict, event, case_key, case_projection to {app};
grant insert (case_id, seq, compartment, kind, happened_at, nonce, ciphertext) on event to {app};

-- A procedure is no secret: anybody may read the definitions that the site runs.
create policy anyone on scheme_version for select to {app} using (true);

-- The grant decides; the other tables ask it, and its own policy says whose grants one sees.
create policy granted on access_grant for select to {app}
    using ((agency_id, role) = (select c.agency_id, c.role from ctx() c) and valid_until > now());
create policy granted on kase for select to {app}
    using (exists (select 1 from access_grant g where g.case_id = kase.id));
create policy granted on case_projection for select to {app}
    using (exists (select 1 from access_grant g where g.case_id = case_projection.case_id));
create policy granted on event for select to {app}
    using (exists (select 1 from access_grant g
                    where g.case_id = event.case_id and (g.read_mask >> event.compartment) & 1 = 1));
create policy adds on event for insert to {app}
    with check (exists (select 1 from access_grant g
                         where g.case_id = event.case_id and (g.write_mask >> event.compartment) & 1 = 1)
                and (author_agency, author_user) = (select c.agency_id, c.account_id from ctx() c));
create policy granted on case_key for select to {app}
    using (exists (select 1 from access_grant g
                    where g.case_id = case_key.case_id
                      and ((g.read_mask | g.write_mask) >> case_key.compartment) & 1 = 1));

create policy own_conflicts on conflict for select to {app} using (user_id = (select (ctx()).account_id));
create policy conflict on access_grant as restrictive for all to {app}
    using (not exists (select 1 from conflict x where x.user_id = (select (ctx()).account_id) and x.case_id = access_grant.case_id));
create policy conflict on kase as restrictive for all to {app}
    using (not exists (select 1 from conflict x where x.user_id = (select (ctx()).account_id) and x.case_id = kase.id));
create policy conflict on event as restrictive for all to {app}
    using (not exists (select 1 from conflict x where x.user_id = (select (ctx()).account_id) and x.case_id = event.case_id));
create policy conflict on case_key as restrictive for all to {app}
    using (not exists (select 1 from conflict x where x.user_id = (select (ctx()).account_id) and x.case_id = case_key.case_id));
create policy conflict on case_projection as restrictive for all to {app}
    using (not exists (select 1 from conflict x where x.user_id = (select (ctx()).account_id) and x.case_id = case_projection.case_id));

grant select on scheme_version, role_ceiling, conflict, event to {engine};
grant select, insert, update on kase, case_projection to {engine};
grant select, insert, update, delete on access_grant to {engine};
grant select, insert, delete on case_key to {engine};
create policy engine on scheme_version for select to {engine} using (true);
create policy engine on role_ceiling for select to {engine} using (true);
create policy engine on conflict for select to {engine} using (true);
create policy engine on event for select to {engine} using (true);
create policy engine on kase for all to {engine} using (true) with check (true);
create policy engine on case_projection for all to {engine} using (true) with check (true);
create policy engine on access_grant for all to {engine} using (true) with check (true);
create policy engine on case_key for all to {engine} using (true) with check (true);

-- The owner publishes definitions.
create policy owner on scheme_version for all to current_user using (true) with check (true);
create policy owner on role_ceiling for all to current_user using (true) with check (true);

revoke create on schema public from {engine};
