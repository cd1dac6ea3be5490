-- What in the chains, and in the events that they speak of, is not as it was written? One row for each fault: what, in which
-- chain, and the number of the link or event. It says for itself how a hash is made, and asks no function of the database.
with linked as (
    select l.chain, l.n, l.hash, e.id is null as gone, coalesce(e.case_id, e.account_id) as own,
           l.n > 1 and p.n is null as follows_nothing,
           sha256(coalesce(p.hash, '') || convert_to(concat_ws('|',
               l.chain, l.n, l.entry, (extract(epoch from l.at) * 1000000)::bigint,
               coalesce(e.case_id::text, ''), coalesce(e.account_id::text, ''), coalesce(e.agency_id::text, ''), e.role,
               (extract(epoch from e.at) * 1000000)::bigint, e.what, e.page, coalesce(e.seq::text, ''),
               array_to_string(e.bases, ','), e.turn::integer, e.closed::integer, coalesce(e.acting_for::text, ''),
               coalesce(array_to_string(e.listed, ','), ''), coalesce(encode(e.digest, 'hex'), '')), 'UTF8')) as wanted
      from audit_link l
      left join audit_entry e on e.id = l.entry
      left join audit_link p on p.chain = l.chain and p.n = l.n - 1
),
digested as (
    select e.case_id, e.seq,
           sha256(convert_to(concat_ws('|', e.case_id, e.seq, e.compartment, e.kind,
                                       (extract(epoch from e.recorded_at) * 1000000)::bigint,
                                       (extract(epoch from e.happened_at) * 1000000)::bigint,
                                       e.author_agency, e.author_user, e.author_for), 'UTF8') || e.nonce || e.ciphertext) as digest
      from event e
),
adopted as (
    select a.id, a.case_id, a.seq, a.digest from audit_entry a where a.what in ('loaded', 'adopted')
),
noted as (
    select w.case_id, w.seq, w.digest from audit_entry w where w.what = 'write'
)
select case when gone then 'entry_gone' when own <> chain then 'entry_moved'
            when follows_nothing then 'link_gone' else 'entry_changed' end as fault, chain, n::bigint as place
  from linked
 where gone or own <> chain or follows_nothing or wanted <> hash
union all
select 'entry_unlinked', coalesce(e.case_id, e.account_id), e.id
  from audit_entry e left join audit_link l on l.entry = e.id where l.entry is null
union all
select case when d.case_id is null then 'event_gone' when w.case_id is null then 'event_unknown' else 'event_changed' end,
       coalesce(d.case_id, w.case_id), coalesce(d.seq, w.seq)
  from digested d
  full join noted w on w.case_id = d.case_id and w.seq = d.seq
  left join (select case_id, max(seq) as seq from adopted group by case_id) a on a.case_id = coalesce(d.case_id, w.case_id)
 where d.digest is distinct from w.digest and not (w.case_id is null and d.seq <= coalesce(a.seq, 0))
union all
select 'adopted_changed', a.case_id, a.seq
  from adopted a
  left join (select b.id, sha256(string_agg(d.digest, '' order by d.seq)) as digest
               from adopted b join digested d on d.case_id = b.case_id and d.seq <= b.seq
              group by b.id) whole on whole.id = a.id
 where whole.digest is distinct from a.digest
union all
select 'events_cut', k.id, k.head_seq
  from kase k left join (select case_id, max(seq) as seq from event group by case_id) e on e.case_id = k.id
 where k.head_seq <> coalesce(e.seq, 0)
order by 2, 3
