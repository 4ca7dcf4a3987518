-- The database roles of Tryggmøte and what they own. Idempotent; PostgreSQL 15-18.
--
-- Run it in the database that Tryggmøte is to use, as a superuser (or on a managed service as the
-- administrator, with CREATEROLE and ownership of the database):
--     psql -v ON_ERROR_STOP=1 -f roles.sql tryggmote
-- Then give the two roles that sign in a way to do it: \password tryggmote_owner, \password tryggmote_app.

do $$
declare
    role_name text;
begin
    foreach role_name in array array[
        'tryggmote_owner',  -- owns the tables and migrates them; never serves a request
        'tryggmote_app',    -- everything else signs in as this one: owns nothing, bypasses nothing
        'tryggmote_wide',   -- the application takes this one on for people who oversee many units
        'tryggmote_all',    -- and this one for those who oversee everything
        'tryggmote_job'     -- and this one for its own jobs
    ] loop
        if not exists (select from pg_roles where rolname = role_name) then
            execute format('create role %I', role_name);
        end if;
    end loop;
end $$;

-- "noinherit" is what PostgreSQL 15 looks at; from 16 on it is said in the grant below.
alter role tryggmote_owner login nocreaterole noinherit;
alter role tryggmote_app login nocreatedb nocreaterole noinherit;
alter role tryggmote_wide nologin noinherit;
alter role tryggmote_all nologin noinherit;
alter role tryggmote_job nologin noinherit;

-- Only a superuser may say this aloud, and only a superuser could have made it otherwise.
do $$
begin
    if (select rolsuper from pg_roles where rolname = current_user) then
        alter role tryggmote_owner nosuperuser nobypassrls;
        alter role tryggmote_app nosuperuser nobypassrls;
        alter role tryggmote_wide nosuperuser nobypassrls;
        alter role tryggmote_all nosuperuser nobypassrls;
        alter role tryggmote_job nosuperuser nobypassrls;
    end if;
end $$;

-- Taking a role on must be an act (SET ROLE): policies apply to every role that is inherited, so an
-- inherited "all" would show everybody everything.
do $$
declare
    member text;
    granted text;
begin
    for member, granted in values
        ('tryggmote_app', 'tryggmote_wide'),
        ('tryggmote_app', 'tryggmote_all'),
        ('tryggmote_app', 'tryggmote_job'),
        -- The owner can do all of it anyway; it may look through the application's eyes to check.
        ('tryggmote_owner', 'tryggmote_app')
    loop
        if current_setting('server_version_num')::int >= 160000 then
            execute format('grant %I to %I with inherit false, set true', granted, member);
        else
            execute format('grant %I to %I', granted, member);
        end if;
    end loop;
end $$;

-- A name without a schema is ours or PostgreSQL's, never one that somebody put in front.
alter role tryggmote_owner set search_path = public, pg_temp;
alter role tryggmote_app set search_path = public, pg_temp;

do $$
begin
    execute format('alter database %I owner to tryggmote_owner', current_database());
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to tryggmote_app', current_database());
end $$;
alter schema public owner to tryggmote_owner;
revoke create on schema public from public;
