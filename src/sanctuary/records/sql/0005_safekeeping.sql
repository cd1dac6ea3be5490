-- What keeps the record honest? Writes that happen once, and a note of every reading.

-- One row for each form that was sent, under the key that the form carried.
create table idempotency (
    account_id uuid not null default (ctx()).account_id references account,
    key uuid not null,
    outcome text,
    created timestamptz not null default now(),
    primary key (account_id, key)
);

-- Who read what, written in the transaction that reads. Either one case, or the cases that a list showed.
create table read_audit (
    case_id uuid references kase,
    listed uuid[],
    account_id uuid not null default (ctx()).account_id references account,
    at timestamptz not null default now(),
    what text not null check (what ~ '^[a-z][a-z0-9_]*$'),
    seq integer,
    check (num_nonnulls(case_id, listed) = 1)
);
create index read_audit_of_case on read_audit (case_id, at) where case_id is not null;
create trigger stays before update or delete on read_audit for each row execute function refuse_change();
create trigger stays_whole before truncate on read_audit for each statement execute function refuse_change();

alter table idempotency enable row level security, force row level security;
alter table read_audit enable row level security, force row level security;

grant select, insert (key), update (outcome) on idempotency to {app};
create policy own on idempotency for all to {app}
    using (account_id = (select (ctx()).account_id)) with check (account_id = (select (ctx()).account_id));

grant insert (case_id, listed, what, seq) on read_audit to {app};
create policy own on read_audit for insert to {app}
    with check (account_id = (select (ctx()).account_id)
                and (case_id is null or exists (select 1 from access_grant g where g.case_id = read_audit.case_id)));
create policy conflict on read_audit as restrictive for all to {app}
    using (not exists (select 1 from conflict x where x.user_id = (select (ctx()).account_id) and x.case_id = read_audit.case_id));
