-- Two accounts for obc-sync on its own tables: one for what changes them, one that only reads. Run it in the database as a
-- superuser, with names and passwords of your own:
--
--     createdb obc
--     psql -v role=obc_sync -v reader=obc_sync_reader -f native-role.sql obc
--     psql -c "\password obc_sync" -c "\password obc_sync_reader" obc
--
-- Then run `obc-sync migrate` with the first account: it becomes the owner of the tables, and the second one may read them.

create role :role login;
create role :reader login;
grant usage, create on schema public to :role;
grant usage on schema public to :reader;

-- For verify, analyze, status, sync --dry-run, history, export and report: also on tables that a later version adds.
alter default privileges for role :role in schema public grant select on tables to :reader;

-- Other programs that write communities need rights on the table that they write, and none on those of obc-sync, for example:
--
--     grant select, insert, update on obc_communities to field_office;
