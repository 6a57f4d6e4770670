-- An account for obc-sync on the PostgreSQL database of OBCMS, with the rights that it needs and no others. Run it as the
-- owner of OBCMS's tables, with a name and a password of your own:
--
--     psql -v role=obc_sync -f obcms-role.sql obcms
--     psql -c "\password obc_sync" obcms
--
-- `grant create` is for migrate, and for sync --changed and watch where they put triggers back: revoke it after migrate if
-- you like, and grant it again for that or before an upgrade.

create role :role login;
grant usage, create on schema public to :role;

-- Reading places. TRIGGER is for migrate, which creates the triggers of change capture.
grant select, trigger on common_region, common_province, common_municipality, common_barangay to :role;

-- A sync writes coverages. It never deletes one.
grant select, insert, update, trigger on communities_municipalitycoverage, communities_provincecoverage to :role;
grant usage on sequence communities_municipalitycoverage_id_seq, communities_provincecoverage_id_seq to :role;

-- For import communities, and community add, set, archive, restore and remove. A sync alone needs only SELECT and TRIGGER.
grant select, insert, update, delete, trigger on communities_obc_community to :role;
grant usage on sequence communities_obc_community_id_seq to :role;
