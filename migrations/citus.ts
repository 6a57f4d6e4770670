import type { Knex } from "knex";

/**
 * Distributes the tables over the nodes of a Citus cluster: the communities by barangay, and the geography as reference
 * tables, which every node has a copy of. Coverages and bookkeeping stay on the coordinator, without the foreign keys that
 * would turn them into tables that Citus manages.
 *
 * A released migration never changes and imports nothing: see README.md beside this file.
 */
export async function up(knex: Knex): Promise<void> {
  for (const statement of [...BEFORE, ...DETACHED]) await knex.raw(statement);
  for (const [table, distribute] of Object.entries(DISTRIBUTED)) {
    // Citus adds a table to its catalog as local as soon as the table has a foreign key to a reference table.
    const { rows } = await knex.raw(
      "select from pg_dist_partition where logicalrelid = ?::regclass and (partmethod = 'h' or repmodel = 't')",
      [table],
    );
    if (rows.length === 0) await knex.raw(`select ${distribute}`);
  }
  // Otherwise the rows from before stay on the coordinator's disk, where no query sees them.
  await knex.raw("select truncate_local_data_after_distributing_table('obc_communities')");
  for (const statement of CREATED) await knex.raw(statement);
}

export async function down(knex: Knex): Promise<void> {
  for (const name of Object.values(READ_BY)) await knex.raw(`drop function ${name}`);
  await knex.raw("drop function obc_sync_communities");
  await knex.raw("drop function obc_sync_community_changes");
  await knex.raw("drop function obc_sync_community_sums");
  await knex.raw("drop table obc_sync_community_log");
}

const FIELDS = [
  "estimated_obc_population",
  "total_barangay_population",
  "households",
  "families",
  "children_0_9",
  "adolescents_10_14",
  "youth_15_30",
  "adults_31_59",
  "seniors_60_plus",
  "women_count",
  "solo_parents_count",
  "pwd_count",
  "farmers_count",
  "fisherfolk_count",
  "unemployed_count",
  "indigenous_peoples_count",
  "idps_count",
  "migrants_transients_count",
  "csos_count",
  "associations_count",
  "number_of_peoples_organizations",
  "number_of_cooperatives",
  "number_of_social_enterprises",
  "number_of_micro_enterprises",
  "number_of_unbanked_obc",
  "mosques_count",
  "madrasah_count",
  "asatidz_count",
  "religious_leaders_count",
];

// Citus allows triggers on distributed tables only with this setting: theirs run on the shards.
const BEFORE = [
  "set local citus.enable_unsafe_triggers to on",
  "set local citus.multi_shard_modify_mode to 'sequential'",
];

const DETACHED = [
  "alter table municipality_coverages drop constraint if exists municipality_coverages_municipality_id_foreign",
  "alter table province_coverages drop constraint if exists province_coverages_province_id_foreign",
];

const DISTRIBUTED = {
  regions: "create_reference_table('regions')",
  provinces: "create_reference_table('provinces')",
  municipalities: "create_reference_table('municipalities')",
  barangays: "create_reference_table('barangays')",
  obc_communities: "create_distributed_table('obc_communities', 'barangay_id')",
};

/** The functions that read the places. */
const READ_BY: Record<string, string> = {
  regions: "obc_sync_regions",
  provinces: "obc_sync_provinces",
  municipalities: "obc_sync_municipalities",
  barangays: "obc_sync_barangays",
};

/** What the planner of PostgreSQL is told to expect: the whole country. */
const ROWS: Record<string, number> = {
  regions: 18,
  provinces: 118,
  municipalities: 1655,
  barangays: 42000,
};

const SUMS = FIELDS.map((field) => `coalesce(sum(community.${field}), 0)::bigint`).join(", ");

const CREATED = [
  // Each entry is on the node of its community, so that both are committed by the same node, and seen by one snapshot.
  `create table obc_sync_community_log (
  barangay_id integer not null,
  changed_at integer not null,
  transaction_id bigint not null
)`,
  "select create_distributed_table('obc_sync_community_log', 'barangay_id', colocate_with => 'obc_communities')",

  // Citus cannot plan most of the program's queries that join tables of the cluster with those of the coordinator, and runs
  // some writes on the wrong node. To its planner, a function is neither.
  ...Object.entries(READ_BY).map(
    ([table, name]) => `create function ${name}() returns setof ${table} language plpgsql stable rows ${ROWS[table]}
  as $$ begin return query select * from ${table}; end $$`,
  ),
  // Those of some barangays, or with null all. A long list would be sent to each shard.
  `create function obc_sync_communities(barangay_ids bigint[])
  returns setof obc_communities language plpgsql stable rows 42000
  as $$ begin
    if barangay_ids is null or cardinality(barangay_ids) > 20000 then
      return query select * from obc_communities;
    else
      return query select * from obc_communities where barangay_id = any(barangay_ids);
    end if;
  end $$`,
  `create function obc_sync_community_changes() returns setof obc_sync_community_log language plpgsql stable rows 1000
  as $$ begin return query select * from obc_sync_community_log; end $$`,

  // The sums of each municipality over its communities, computed on the nodes. Null for every municipality.
  `create function obc_sync_community_sums(municipality_ids bigint[])
  returns table (unit_id integer, total_obc_communities bigint, names text[], ${FIELDS.map((field) => `${field} bigint`).join(", ")})
  language plpgsql stable rows 1700
  as $$ begin return query
    select barangay.municipality_id, count(*), array_agg(barangay.name), ${SUMS}
      from obc_communities community
      join barangays barangay on barangay.id = community.barangay_id
     where not community.is_deleted
       and (municipality_ids is null or barangay.municipality_id = any(municipality_ids))
     group by barangay.municipality_id;
  end $$`,
];
