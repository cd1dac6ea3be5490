-- Who hears of it when somebody who has a colleague's password tries one code after another? A quarter of an hour's wait alone
-- lets them go on for months.

grant create on schema public to {engine};
set local check_function_bodies = off;
set local role {engine};

-- Counts a code that is about to be checked. 'go', 'wait' (too many lately; leads are told, since whoever
-- comes so far has the password) or 'gone' (begin again).
create or replace function try_code(with_hash bytea, out said text, out who uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $body$
begin
    update sign_in_attempt set tries = tries + 1
     where token_hash = with_hash and expires > now() and account_id is not null and tries < (sign_in_limits()).tries_attempt
       and (purpose = 'confirm' or (purpose = 'sign_in' and proved && '{password,agency}'))
    returning account_id into who;
    said := case when who is null then 'gone' when count_try('code|' || who, (sign_in_limits()).tries_proof) then 'go' else 'wait' end;
    if said = 'wait' then
        perform raise_alarm('codes_guessed', null, who);
    end if;
end
$body$;

reset role;

revoke create on schema public from {engine};
