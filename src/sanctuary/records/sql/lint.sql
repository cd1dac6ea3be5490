-- What in the catalogue would let somebody see or change more than they may? One sentence for each finding.
-- Parameters: the logins of the application and of the door, and the role that owns the functions.
with role as (
    select %s::name as app, %s::name as door, %s::name as engine
),
ours as (
    select c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relowner, c.relacl, c.reloptions
      from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
       and c.relname <> 'django_migrations'
),
serving as (
    select r.oid, r.rolname from pg_roles r, role where r.rolname in (role.app, role.door)
),
-- What those who serve requests were meant to have; anything else is a finding.
allowed (relname, login, privileges) as (
    select t.relname, role.app, '{SELECT}'::text[] from role, unnest(
        '{agency,scheme_version,kase,access_grant,event,case_key,case_projection,case_summary}'::text[]
        || '{search_token,idempotency}'
        || '{team,deputy}'
        || '{people_log}'
        || '{proposal,pack}'
        || '{message,emergency}'
        || '{disposal}'
    ) t (relname)
)
select format('table %%s has no row-level security, or does not hold its owner to it', relname)
  from ours where relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)
union all
select format('view %%s reads with its owner''s rights', relname)
  from ours where relkind = 'v' and not coalesce(reloptions @> '{security_invoker=true}', false)
union all
select format('materialized view %%s keeps rows that no policy covers', relname) from ours where relkind = 'm'
union all
select format('foreign table %%s has no policies', relname) from ours where relkind = 'f'
union all
select format('policy %%s on %%s lets every row through', p.polname, c.relname)
  from pg_policy p join ours c on c.oid = p.polrelid, role
 where p.polpermissive
   and (pg_get_expr(p.polqual, p.polrelid) = 'true' or pg_get_expr(p.polwithcheck, p.polrelid) = 'true')
   and (0 = any (p.polroles) or exists (select 1 from serving s where s.oid = any (p.polroles)))
   and not (c.relname = 'scheme_version' and p.polcmd = 'r')
union all
select format('policy %%s on %%s asks ctx() for each row', p.polname, c.relname)
  from pg_policy p join ours c on c.oid = p.polrelid
 where regexp_replace(concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)),
                      'SELECT \(ctx\(\)\)\.\w+|FROM ctx\(\)', '', 'g') ~ 'ctx\(\)'
union all
select format('function %%s acts for its owner without a fixed search path', f.oid::regprocedure)
  from pg_proc f
 where f.pronamespace = 'public'::regnamespace and f.prosecdef
   and not coalesce(array_to_string(f.proconfig, ' ') ~ 'search_path=pg_catalog, public, pg_temp', false)
union all
select format('function %%s may be run by anybody', f.oid::regprocedure)
  from pg_proc f
 where f.pronamespace = 'public'::regnamespace
   and exists (select 1 from aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a
                where a.grantee = 0 and a.privilege_type = 'EXECUTE')
union all
select format('function %%s acts for %%s, who owns too much', f.oid::regprocedure, r.rolname)
  from pg_proc f join pg_roles r on r.oid = f.proowner, role
 where f.pronamespace = 'public'::regnamespace and f.prosecdef and r.rolname <> role.engine
union all
select format('%%s may %%s on %%s', s.rolname, a.privilege_type, c.relname)
  from ours c
 cross join lateral aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
  join serving s on s.oid = a.grantee
 where not exists (select 1 from allowed w where w.relname = c.relname and w.login = s.rolname
                      and a.privilege_type = any (w.privileges))
union all
select format('everybody may %%s on %%s', a.privilege_type, c.relname)
  from ours c cross join lateral aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a where a.grantee = 0
union all
select format('role %%s is a superuser, passes over policies, or may make roles or databases', r.rolname)
  from pg_roles r, role
 where r.rolname in (role.app, role.door, role.engine) and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb)
union all
select format('role %%s is a member of %%s', m.member::regrole, m.roleid::regrole)
  from pg_auth_members m join serving s on s.oid = m.member
union all
select format('role %%s sees what the engine sees', r.rolname)
  from pg_roles r, role where r.rolcanlogin and not r.rolsuper and pg_has_role(r.oid, role.engine, 'usage')
union all
select format('role %%s owns %%s', s.rolname, c.relname) from ours c join serving s on s.oid = c.relowner
union all
select format('role %%s can log in', r.rolname) from pg_roles r, role where r.rolname = role.engine and r.rolcanlogin
union all
select format('%%s may create things in the schema public', coalesce(s.rolname, 'everybody'))
  from pg_namespace n cross join lateral aclexplode(n.nspacl) a left join serving s on s.oid = a.grantee
 where n.nspname = 'public' and a.privilege_type = 'CREATE' and (a.grantee = 0 or s.oid is not null)
union all
select format('index %%s compares by %%s, which row-level security cannot use', i.indexrelid::regclass, o.oprname)
  from pg_index i
  join ours c on c.oid = i.indrelid and c.relrowsecurity
 cross join lateral unnest(i.indclass::oid[]) with ordinality k (opclass, position)
  join pg_opclass oc on oc.oid = k.opclass
  join pg_amop ap on ap.amopfamily = oc.opcfamily and ap.amopstrategy = 3 and ap.amoplefttype = oc.opcintype
                 and ap.amoprighttype = oc.opcintype
  join pg_operator o on o.oid = ap.amopopr
  join pg_proc f on f.oid = o.oprcode
 where not f.proleakproof and k.position <= i.indnkeyatts
union all
select format('%%s may %%s on %%s, and no policy says which rows', s.rolname, v.privilege, c.relname)
  from ours c
 cross join (values ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')) v (privilege, letter)
 cross join serving s
 where c.relkind in ('r', 'p')
   and (has_table_privilege(s.oid, c.oid, v.privilege)
        or (v.privilege <> 'DELETE' and has_any_column_privilege(s.oid, c.oid, v.privilege)))
   and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polpermissive
                      and p.polcmd in (v.letter::"char", '*') and (0 = any (p.polroles) or s.oid = any (p.polroles)))
union all
-- Nobody runs what acts for the engine but the three logins that it was made for.
select format('function %%s may be run by %%s', f.oid::regprocedure, pg_get_userbyid(a.grantee))
  from pg_proc f cross join lateral aclexplode(f.proacl) a, role
 where f.pronamespace = 'public'::regnamespace and f.prosecdef and a.privilege_type = 'EXECUTE' and a.grantee <> 0
   and pg_get_userbyid(a.grantee) not in (role.app, role.door, role.engine)
   and a.grantee not in (select c.relowner from ours c where c.relname = 'kase')
union all
-- What proves who somebody is, and the addresses of staff, no login that serves requests reads.
select format('%%s may read %%s of %%s', s.rolname, t.attname, c.relname)
  from ours c
  join pg_attribute t on t.attrelid = c.oid and t.attnum > 0 and not t.attisdropped
 cross join serving s
 where c.relkind in ('r', 'p') and has_column_privilege(s.oid, c.oid, t.attnum, 'SELECT')
   and (t.attname in ('password', 'secret', 'public_key', 'token_hash', 'code_hash', 'inner_pad', 'outer_pad')
        or (c.relname, t.attname) in (('account', 'email'), ('conflict', 'source')))
union all
select format('policy %%s on %%s asks neither who it is nor what they were granted', p.polname, c.relname)
  from pg_policy p join ours c on c.oid = p.polrelid, role
 where p.polpermissive and exists (select 1 from serving s where s.oid = any (p.polroles))
   and concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) !~ 'ctx\(\)|access_grant'
   and not (c.relname = 'scheme_version' and p.polcmd = 'r')
union all
-- Every table about a case shuts out who has a conflict of interest; what is left of one that was destroyed is about nobody.
select format('table %%s shuts nobody out for a conflict of interest', c.relname)
  from ours c, role
 where c.relkind in ('r', 'p') and c.relname not in ('conflict', 'disposal')
   and exists (select 1 from pg_attribute t where t.attrelid = c.oid and t.attname = 'case_id' and not t.attisdropped)
   and exists (select 1 from pg_policy p join pg_roles r on r.oid = any (p.polroles)
                where p.polrelid = c.oid and r.rolname = role.app)
   and not exists (select 1 from pg_policy p join pg_roles r on r.oid = any (p.polroles)
                    where p.polrelid = c.oid and r.rolname = role.app and not p.polpermissive and p.polcmd = '*'
                      and pg_get_expr(p.polqual, p.polrelid) ~ 'conflict')
order by 1
