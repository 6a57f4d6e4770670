import type { Knex } from "knex";

/**
 * Change capture: triggers append an entry to obc_sync_change_log whenever something changes that a coverage depends on,
 * whoever writes it. src/db/sqlite/triggers.ts and src/db/postgres/triggers.ts say why each is as it is.
 */
export async function up(knex: Knex): Promise<void> {
  for (const statement of knex.client.driverName === "pg" ? POSTGRES : SQLITE) await knex.raw(statement);
}

export async function down(knex: Knex): Promise<void> {
  const isPostgres = knex.client.driverName === "pg";
  for (const name of isPostgres ? POSTGRES_NAMES : SQLITE_NAMES) {
    await knex.raw(isPostgres ? `drop function ${name}() cascade` : `drop trigger ${name}`);
  }
}

const SQLITE_NAMES = [
  `obc_sync_communities_insert`,
  `obc_sync_communities_delete`,
  `obc_sync_communities_update`,
  `obc_sync_communities_move`,
  `obc_sync_barangays_delete`,
  `obc_sync_barangays_update`,
  `obc_sync_barangays_replace_by_insert`,
  `obc_sync_barangays_replace_by_update`,
  `obc_sync_municipalities_delete`,
  `obc_sync_municipalities_update`,
  `obc_sync_municipalities_replace_by_insert`,
  `obc_sync_municipalities_replace_by_update`,
  `obc_sync_barangays_insert`,
  `obc_sync_municipalities_insert`,
  `obc_sync_municipalities_renumber`,
  `obc_sync_provinces_insert`,
  `obc_sync_provinces_renumber`,
  `obc_sync_municipality_coverages_insert`,
  `obc_sync_municipality_coverages_delete`,
  `obc_sync_municipality_coverages_update`,
  `obc_sync_province_coverages_insert`,
  `obc_sync_province_coverages_delete`,
  `obc_sync_province_coverages_update`,
  `obc_sync_runs_clear`,
];

const POSTGRES_NAMES = [
  `obc_sync_communities_insert`,
  `obc_sync_communities_delete`,
  `obc_sync_communities_update`,
  `obc_sync_communities_truncate`,
  `obc_sync_barangays_insert`,
  `obc_sync_barangays_delete`,
  `obc_sync_barangays_update`,
  `obc_sync_municipalities_insert`,
  `obc_sync_municipalities_delete`,
  `obc_sync_municipalities_update`,
  `obc_sync_municipalities_truncate`,
  `obc_sync_provinces_insert`,
  `obc_sync_provinces_update`,
  `obc_sync_municipality_coverages_insert`,
  `obc_sync_municipality_coverages_delete`,
  `obc_sync_municipality_coverages_update`,
  `obc_sync_municipality_coverages_truncate`,
  `obc_sync_province_coverages_insert`,
  `obc_sync_province_coverages_delete`,
  `obc_sync_province_coverages_update`,
  `obc_sync_province_coverages_truncate`,
];

const SQLITE = [
  `create trigger obc_sync_communities_insert after insert on obc_communities begin insert into obc_sync_change_log (barangay_id) values (new.barangay_id); end`,
  `create trigger obc_sync_communities_delete after delete on obc_communities when not old.is_deleted begin insert into obc_sync_change_log (barangay_id) values (old.barangay_id); end`,
  `create trigger obc_sync_communities_update after update of barangay_id, is_deleted, estimated_obc_population, total_barangay_population, households, families, children_0_9, adolescents_10_14, youth_15_30, adults_31_59, seniors_60_plus, women_count, solo_parents_count, pwd_count, farmers_count, fisherfolk_count, unemployed_count, indigenous_peoples_count, idps_count, migrants_transients_count, csos_count, associations_count, number_of_peoples_organizations, number_of_cooperatives, number_of_social_enterprises, number_of_micro_enterprises, number_of_unbanked_obc, mosques_count, madrasah_count, asatidz_count, religious_leaders_count on obc_communities  begin insert into obc_sync_change_log (barangay_id) values (new.barangay_id); end`,
  `create trigger obc_sync_communities_move after update of barangay_id on obc_communities when old.barangay_id <> new.barangay_id begin insert into obc_sync_change_log (barangay_id) values (old.barangay_id); end`,
  `create trigger obc_sync_barangays_delete after delete on barangays  begin insert into obc_sync_change_log (municipality_id) values (old.municipality_id); end`,
  `create trigger obc_sync_barangays_update after update of id, municipality_id, name on barangays when old.id is not new.id or old.municipality_id is not new.municipality_id or old.name is not new.name begin insert into obc_sync_change_log (municipality_id) values (new.municipality_id); insert into obc_sync_change_log (municipality_id) select old.municipality_id where old.municipality_id <> new.municipality_id; end`,
  `create trigger obc_sync_barangays_replace_by_insert before insert on barangays begin insert into obc_sync_change_log (municipality_id) select municipality_id from barangays where (id = new.id or code = new.code) and municipality_id <> new.municipality_id; end`,
  `create trigger obc_sync_barangays_replace_by_update before update of id, code on barangays begin insert into obc_sync_change_log (municipality_id) select municipality_id from barangays where (id = new.id or code = new.code) and id <> old.id; end`,
  `create trigger obc_sync_municipalities_delete after delete on municipalities  begin insert into obc_sync_change_log (province_id) values (old.province_id); end`,
  `create trigger obc_sync_municipalities_update after update of id, province_id, name on municipalities when old.id is not new.id or old.province_id is not new.province_id or old.name is not new.name begin insert into obc_sync_change_log (province_id) values (new.province_id); insert into obc_sync_change_log (province_id) select old.province_id where old.province_id <> new.province_id; end`,
  `create trigger obc_sync_municipalities_replace_by_insert before insert on municipalities begin insert into obc_sync_change_log (province_id) select province_id from municipalities where (id = new.id or code = new.code) and province_id <> new.province_id; end`,
  `create trigger obc_sync_municipalities_replace_by_update before update of id, code on municipalities begin insert into obc_sync_change_log (province_id) select province_id from municipalities where (id = new.id or code = new.code) and id <> old.id; end`,
  `create trigger obc_sync_barangays_insert after insert on barangays begin insert into obc_sync_change_log (municipality_id) values (new.municipality_id); end`,
  `create trigger obc_sync_municipalities_insert after insert on municipalities begin insert into obc_sync_change_log (municipality_id) values (new.id); end`,
  `create trigger obc_sync_municipalities_renumber after update of id on municipalities when old.id <> new.id begin insert into obc_sync_change_log (municipality_id) values (new.id); end`,
  `create trigger obc_sync_provinces_insert after insert on provinces begin insert into obc_sync_change_log (province_id) values (new.id); end`,
  `create trigger obc_sync_provinces_renumber after update of id on provinces when old.id <> new.id begin insert into obc_sync_change_log (province_id) values (new.id); end`,
  `create trigger obc_sync_municipality_coverages_insert after insert on municipality_coverages begin insert into obc_sync_change_log (municipality_id) values (new.municipality_id); end`,
  `create trigger obc_sync_municipality_coverages_delete after delete on municipality_coverages  begin insert into obc_sync_change_log (municipality_id) values (old.municipality_id); end`,
  `create trigger obc_sync_municipality_coverages_update after update of municipality_id, auto_sync, is_deleted, total_obc_communities, key_barangays, estimated_obc_population, total_barangay_population, households, families, children_0_9, adolescents_10_14, youth_15_30, adults_31_59, seniors_60_plus, women_count, solo_parents_count, pwd_count, farmers_count, fisherfolk_count, unemployed_count, indigenous_peoples_count, idps_count, migrants_transients_count, csos_count, associations_count, number_of_peoples_organizations, number_of_cooperatives, number_of_social_enterprises, number_of_micro_enterprises, number_of_unbanked_obc, mosques_count, madrasah_count, asatidz_count, religious_leaders_count on municipality_coverages  begin insert into obc_sync_change_log (municipality_id) values (new.municipality_id); insert into obc_sync_change_log (municipality_id) select old.municipality_id where old.municipality_id <> new.municipality_id; end`,
  `create trigger obc_sync_province_coverages_insert after insert on province_coverages begin insert into obc_sync_change_log (province_id) values (new.province_id); end`,
  `create trigger obc_sync_province_coverages_delete after delete on province_coverages  begin insert into obc_sync_change_log (province_id) values (old.province_id); end`,
  `create trigger obc_sync_province_coverages_update after update of province_id, auto_sync, is_deleted, total_municipalities, total_obc_communities, key_municipalities, estimated_obc_population, total_barangay_population, households, families, children_0_9, adolescents_10_14, youth_15_30, adults_31_59, seniors_60_plus, women_count, solo_parents_count, pwd_count, farmers_count, fisherfolk_count, unemployed_count, indigenous_peoples_count, idps_count, migrants_transients_count, csos_count, associations_count, number_of_peoples_organizations, number_of_cooperatives, number_of_social_enterprises, number_of_micro_enterprises, number_of_unbanked_obc, mosques_count, madrasah_count, asatidz_count, religious_leaders_count on province_coverages  begin insert into obc_sync_change_log (province_id) values (new.province_id); insert into obc_sync_change_log (province_id) select old.province_id where old.province_id <> new.province_id; end`,
  `create trigger obc_sync_runs_clear after insert on obc_sync_runs when new.covered_entries is not null begin delete from obc_sync_change_log where id <= new.covered_through or id in (select value from json_each(new.covered_entries)); update obc_sync_runs set covered_through = null, covered_entries = null where id = new.id; end`,
];

const POSTGRES = [
  `select set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true)`,
  `create function obc_sync_communities_insert() returns trigger language plpgsql security definer set search_path from current
      as $$ begin if exists (select from pg_catalog.pg_attribute where attrelid = tg_relid and attname = 'barangay_id') then
      if (select count(*) from (select from new_rows limit 101) few) = 101 then
        insert into obc_sync_change_log (municipality_id) select distinct barangay.municipality_id from new_rows changed
          join barangays barangay on barangay.id = changed.barangay_id;
      else
        insert into obc_sync_change_log (barangay_id) select distinct barangay_id from new_rows changed;
      end if;
    else
      insert into obc_sync_change_log default values;
    end if; return null; end $$`,
  `create trigger obc_sync_communities_insert after insert on obc_communities referencing new table as new_rows for each statement execute function obc_sync_communities_insert()`,
  `create function obc_sync_communities_delete() returns trigger language plpgsql security definer set search_path from current
      as $$ begin if exists (select from pg_catalog.pg_attribute where attrelid = tg_relid and attname = 'barangay_id') then
      if (select count(*) from (select from old_rows limit 101) few) = 101 then
        insert into obc_sync_change_log (municipality_id) select distinct barangay.municipality_id from old_rows changed
          join barangays barangay on barangay.id = changed.barangay_id;
      else
        insert into obc_sync_change_log (barangay_id) select distinct barangay_id from old_rows changed;
      end if;
    else
      insert into obc_sync_change_log default values;
    end if; return null; end $$`,
  `create trigger obc_sync_communities_delete after delete on obc_communities referencing old table as old_rows for each statement execute function obc_sync_communities_delete()`,
  `create function obc_sync_communities_update() returns trigger language plpgsql security definer set search_path from current
      as $$ begin if exists (select from pg_catalog.pg_attribute where attrelid = tg_relid and attname = 'barangay_id') then
      if (select count(*) from (select from new_rows limit 101) few) = 101 then
        insert into obc_sync_change_log (municipality_id) select distinct barangay.municipality_id from (select barangay_id from old_rows union all select barangay_id from new_rows) changed
          join barangays barangay on barangay.id = changed.barangay_id;
      else
        insert into obc_sync_change_log (barangay_id) select distinct barangay_id from (select barangay_id from old_rows union all select barangay_id from new_rows) changed;
      end if;
    else
      insert into obc_sync_change_log default values;
    end if; return null; end $$`,
  `create trigger obc_sync_communities_update after update on obc_communities referencing old table as old_rows new table as new_rows for each statement execute function obc_sync_communities_update()`,
  `create function obc_sync_communities_truncate() returns trigger language plpgsql security definer set search_path from current
      as $$ begin insert into obc_sync_change_log (municipality_id) select municipality_id from municipality_coverages coverage; return null; end $$`,
  `create trigger obc_sync_communities_truncate after truncate on obc_communities  for each statement execute function obc_sync_communities_truncate()`,
  `create function obc_sync_barangays_insert() returns trigger language plpgsql security definer set search_path from current
      as $$ begin insert into obc_sync_change_log (municipality_id) select distinct municipality_id from new_rows; return null; end $$`,
  `create trigger obc_sync_barangays_insert after insert on barangays referencing new table as new_rows for each statement execute function obc_sync_barangays_insert()`,
  `create function obc_sync_barangays_delete() returns trigger language plpgsql security definer set search_path from current
      as $$ begin insert into obc_sync_change_log (municipality_id) select distinct municipality_id from old_rows; return null; end $$`,
  `create trigger obc_sync_barangays_delete after delete on barangays referencing old table as old_rows for each statement execute function obc_sync_barangays_delete()`,
  `create function obc_sync_barangays_update() returns trigger language plpgsql security definer set search_path from current
      as $$ begin begin insert into obc_sync_change_log (municipality_id) select distinct side.place from old_rows was full join new_rows now on was.id = now.id
     cross join lateral (values (was.municipality_id), (now.municipality_id)) side (place)
     where side.place is not null and (was.id, was.municipality_id, was.name) is distinct from (now.id, now.municipality_id, now.name); exception when undefined_column then insert into obc_sync_change_log default values; end; return null; end $$`,
  `create trigger obc_sync_barangays_update after update on barangays referencing old table as old_rows new table as new_rows for each statement execute function obc_sync_barangays_update()`,
  `create function obc_sync_municipalities_insert() returns trigger language plpgsql security definer set search_path from current
      as $$ begin insert into obc_sync_change_log (municipality_id) select id from new_rows ; return null; end $$`,
  `create trigger obc_sync_municipalities_insert after insert on municipalities referencing new table as new_rows for each statement execute function obc_sync_municipalities_insert()`,
  `create function obc_sync_municipalities_delete() returns trigger language plpgsql security definer set search_path from current
      as $$ begin insert into obc_sync_change_log (province_id) select distinct province_id from old_rows; return null; end $$`,
  `create trigger obc_sync_municipalities_delete after delete on municipalities referencing old table as old_rows for each statement execute function obc_sync_municipalities_delete()`,
  `create function obc_sync_municipalities_update() returns trigger language plpgsql security definer set search_path from current
      as $$ begin begin insert into obc_sync_change_log (province_id) select distinct side.place from old_rows was full join new_rows now on was.id = now.id
     cross join lateral (values (was.province_id), (now.province_id)) side (place)
     where side.place is not null and (was.id, was.province_id, was.name) is distinct from (now.id, now.province_id, now.name); exception when undefined_column then insert into obc_sync_change_log default values; end;insert into obc_sync_change_log (municipality_id) select id from new_rows except select id from old_rows; return null; end $$`,
  `create trigger obc_sync_municipalities_update after update on municipalities referencing old table as old_rows new table as new_rows for each statement execute function obc_sync_municipalities_update()`,
  `create function obc_sync_municipalities_truncate() returns trigger language plpgsql security definer set search_path from current
      as $$ begin insert into obc_sync_change_log (province_id) select province_id from province_coverages coverage; return null; end $$`,
  `create trigger obc_sync_municipalities_truncate after truncate on municipalities  for each statement execute function obc_sync_municipalities_truncate()`,
  `create function obc_sync_provinces_insert() returns trigger language plpgsql security definer set search_path from current
      as $$ begin insert into obc_sync_change_log (province_id) select id from new_rows ; return null; end $$`,
  `create trigger obc_sync_provinces_insert after insert on provinces referencing new table as new_rows for each statement execute function obc_sync_provinces_insert()`,
  `create function obc_sync_provinces_update() returns trigger language plpgsql security definer set search_path from current
      as $$ begin insert into obc_sync_change_log (province_id) select id from new_rows except select id from old_rows; return null; end $$`,
  `create trigger obc_sync_provinces_update after update on provinces referencing old table as old_rows new table as new_rows for each statement execute function obc_sync_provinces_update()`,
  `create function obc_sync_municipality_coverages_insert() returns trigger language plpgsql security definer set search_path from current
      as $$ begin if current_setting('obc_sync.own_statement', true) is distinct from statement_timestamp()::text or pg_trigger_depth() > 1 then
      insert into obc_sync_change_log (municipality_id) select municipality_id from new_rows;
    end if; return null; end $$`,
  `create trigger obc_sync_municipality_coverages_insert after insert on municipality_coverages referencing new table as new_rows for each statement execute function obc_sync_municipality_coverages_insert()`,
  `create function obc_sync_municipality_coverages_delete() returns trigger language plpgsql security definer set search_path from current
      as $$ begin insert into obc_sync_change_log (municipality_id) select municipality_id from old_rows; return null; end $$`,
  `create trigger obc_sync_municipality_coverages_delete after delete on municipality_coverages referencing old table as old_rows for each statement execute function obc_sync_municipality_coverages_delete()`,
  `create function obc_sync_municipality_coverages_update() returns trigger language plpgsql security definer set search_path from current
      as $$ begin if current_setting('obc_sync.own_statement', true) is distinct from statement_timestamp()::text or pg_trigger_depth() > 1 then
      insert into obc_sync_change_log (municipality_id) select municipality_id from (select municipality_id from old_rows union select municipality_id from new_rows) changed;
    end if; return null; end $$`,
  `create trigger obc_sync_municipality_coverages_update after update on municipality_coverages referencing old table as old_rows new table as new_rows for each statement execute function obc_sync_municipality_coverages_update()`,
  `create function obc_sync_municipality_coverages_truncate() returns trigger language plpgsql security definer set search_path from current
      as $$ begin insert into obc_sync_change_log (municipality_id) select id from municipalities unit; return null; end $$`,
  `create trigger obc_sync_municipality_coverages_truncate after truncate on municipality_coverages  for each statement execute function obc_sync_municipality_coverages_truncate()`,
  `create function obc_sync_province_coverages_insert() returns trigger language plpgsql security definer set search_path from current
      as $$ begin if current_setting('obc_sync.own_statement', true) is distinct from statement_timestamp()::text or pg_trigger_depth() > 1 then
      insert into obc_sync_change_log (province_id) select province_id from new_rows;
    end if; return null; end $$`,
  `create trigger obc_sync_province_coverages_insert after insert on province_coverages referencing new table as new_rows for each statement execute function obc_sync_province_coverages_insert()`,
  `create function obc_sync_province_coverages_delete() returns trigger language plpgsql security definer set search_path from current
      as $$ begin insert into obc_sync_change_log (province_id) select province_id from old_rows; return null; end $$`,
  `create trigger obc_sync_province_coverages_delete after delete on province_coverages referencing old table as old_rows for each statement execute function obc_sync_province_coverages_delete()`,
  `create function obc_sync_province_coverages_update() returns trigger language plpgsql security definer set search_path from current
      as $$ begin if current_setting('obc_sync.own_statement', true) is distinct from statement_timestamp()::text or pg_trigger_depth() > 1 then
      insert into obc_sync_change_log (province_id) select province_id from (select province_id from old_rows union select province_id from new_rows) changed;
    end if; return null; end $$`,
  `create trigger obc_sync_province_coverages_update after update on province_coverages referencing old table as old_rows new table as new_rows for each statement execute function obc_sync_province_coverages_update()`,
  `create function obc_sync_province_coverages_truncate() returns trigger language plpgsql security definer set search_path from current
      as $$ begin insert into obc_sync_change_log (province_id) select id from provinces unit; return null; end $$`,
  `create trigger obc_sync_province_coverages_truncate after truncate on province_coverages  for each statement execute function obc_sync_province_coverages_truncate()`,
];
