-- Does a total tell somebody of a case that they were kept from? Not while it stands, and no more when it is destroyed: what
-- is left for the figures counts for nobody who was kept from it.

grant create on schema public to {engine};
set local check_function_bodies = off;

alter table figure add column unseen_by uuid[] not null default '{}';
alter policy counted on figure
    using (exists (select 1 from agency a where a.id = (select (ctx()).agency_id)
                      and a.key || '/' || (select (ctx()).role) = any (figure.seen_by))
           and ((select (ctx()).areas) is null or scheme || '/' || area = any ((select (ctx()).areas)::text[]))
           and (select (ctx()).account_id) <> all (unseen_by));

set local role {engine};

-- Keeps the certificate and the figure, and destroys the record. Months and readers are what they were a moment before.
create or replace function keep_and_destroy(of_case uuid, with_number text, certificate jsonb, counted jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    insert into figure (scheme, version, area, opened, closed, outcome, answers, seen_by, unseen_by)
    values (certificate ->> 'scheme', certificate ->> 'version', certificate ->> 'area',
            (certificate ->> 'opened')::date, (certificate ->> 'closed')::date, certificate ->> 'outcome', counted,
            array(select jsonb_array_elements_text(certificate -> 'seen_by')),
            array(select x.user_id from conflict x where x.case_id = of_case order by x.user_id));
    perform destroy_record(of_case);
    insert into disposal (number, case_id, reference_digest, agencies, carried_out, certificate)
    select with_number, k.id, sha256(convert_to(k.reference, 'UTF8')),
           array(select a.id from agency a where a.key in (
               select split_part(s, '/', 1) from jsonb_array_elements_text(certificate -> 'seen_by') s)),
           (certificate ->> 'carried_out')::timestamptz, certificate
      from kase k where k.id = of_case;
end
$body$;

reset role;

revoke create on schema public from {engine};
