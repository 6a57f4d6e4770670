import type { Knex } from "knex";
import { DatabaseError, UsageError } from "../../core/errors.ts";
import { FIELDS } from "../../core/fields.ts";
import { dialectOf } from "../connection/dialect-of.ts";
import { NEW_TABLES } from "../connection/driver-error.ts";
import { read } from "../connection/statements.ts";
import { explainPlan } from "../diagnosis/plan-explainer.ts";
import { BOOKKEEPING, NO_BOOKKEEPING } from "../schema/bookkeeping.ts";
import { refuseUnknown } from "../schema/migration-check.ts";
import { migrationNames } from "../schema/migration-source.ts";
import { type Schema, TABLE_NAMES } from "../schema/schema.ts";
import { schemaNamed, schemaOfMigrations } from "../schema/schemas.ts";
import {
  findElsewhere,
  findForeignSchema,
  presentTables,
  refuseDamaged,
  SET_UP_AGAIN,
} from "../transaction/find-schema.ts";
import { catalogued } from "./catalogued.ts";

/** Whose tables a database has, and the migrations that it records. */
export interface FoundTables {
  schema: Schema;
  recorded: string[];
}

/**
 * @param asked the name of a schema; by default the one that the database has been set up for, or whose tables it has
 * @throws DatabaseError if another version has migrated the database, or somebody has removed a table of obc-sync
 */
export async function findTables(knex: Knex, asked: string | undefined): Promise<FoundTables> {
  const found = await schemaOf(knex, asked);
  refuseUnknown(found.schema, found.recorded);
  const isComplete = migrationNames(found.schema).every((name) => found.recorded.includes(name));
  if (isComplete) await catalogued(knex, refuseDamaged);
  return found;
}

/** The name of the schema that a database has been set up for; otherwise that of the tables that it has. */
export async function readSchemaName(knex: Knex): Promise<string> {
  const recorded = await recordedMigrations(knex);
  const found = recorded.length === 0 ? await catalogued(knex, findForeignSchema) : null;
  return (found ?? schemaOfMigrations(recorded, dialectOf(knex).name)).name;
}

/**
 * @throws UsageError if the database has, or was set up for, the tables of another schema: it is never given the tables of
 * two
 */
async function schemaOf(knex: Knex, asked: string | undefined): Promise<FoundTables> {
  const { name: database } = dialectOf(knex);
  const recorded = await recordedMigrations(knex);
  const found = await catalogued(knex, findForeignSchema);
  const present = recorded.length > 0 || found === null ? schemaOfMigrations(recorded, database) : found;
  if (found !== null && found.name !== present.name) throw besideTheOthers(found);
  if (found === null && recorded.length === 0) await refuseHidden(knex);
  if (asked === undefined || asked === present.name) return { schema: present, recorded };
  const schema = schemaNamed(asked, database);
  const isEmpty = recorded.length === 0 && found === null;
  throw new UsageError(
    isEmpty
      ? `the database lacks the tables of ${schema.name}`
      : `the database has the tables of the schema "${present.name}", not of "${schema.name}"`,
    isEmpty
      ? `Name the database of the application with --database. obc-sync does not create tables for ${schema.name}.`
      : `Give --schema ${present.name}, or leave it out.`,
  );
}

/** An earlier version could be set up beside the tables of an application that it did not know. */
function besideTheOthers({ name }: Schema): DatabaseError {
  return new DatabaseError(
    "TABLES_EXIST",
    `the database has the tables of ${name}, but obc-sync was set up for tables of its own beside them`,
    `Run: obc-sync migrate --remove, then obc-sync migrate. It then works on the tables of ${name}.`,
  );
}

/** The tables of another application are not given a second set beside them because the account does not see them. */
async function refuseHidden(knex: Knex): Promise<void> {
  const [place] = await catalogued(knex, findElsewhere);
  if (place === undefined) return;
  throw new DatabaseError(
    "SCHEMA_INCOMPLETE",
    `the database has the tables of another application in "${place}", which is not on the search path of this account`,
    `Add it: alter role ... set search_path = ${place}, or ?options=-c%20search_path%3D${place} in the URL.`,
  );
}

async function recordedMigrations(knex: Knex): Promise<string[]> {
  // Not hasTable(): PostgreSQL's information schema hides the tables that the account may not read.
  const present = await catalogued(knex, (open) => presentTables(open, [BOOKKEEPING.migrations]));
  if (present.size === 0) return [];
  const query = { sql: `select name from ${BOOKKEEPING.migrations} order by id`, bindings: [] };
  const rows = await catalogued(knex, (open) => read<{ name: string }>(open, "control", query));
  return rows.map(({ name }) => name);
}

/**
 * Whether a database without a record of migrations has the program's own tables all the same: `migrate --remove` leaves
 * them. Tables of other programs lack a column that a sync reads.
 */
export async function hasOwnTables(knex: Knex, schema: Schema): Promise<boolean> {
  const names = TABLE_NAMES.map((table) => schema.tables[table].name);
  const present = await catalogued(knex, (open) => presentTables(open, names));
  if (present.size < names.length) return false;
  const options = { fields: FIELDS, scope: { kind: "all" }, provinces: true } as const;
  return catalogued(knex, (open) =>
    explainPlan({ ...open, schema: { ...schema, bookkeeping: NO_BOOKKEEPING } }, options),
  ).then(
    () => true,
    () => false,
  );
}

/** Creating some tables and failing at others would leave pieces in somebody's database. */
export async function refuseOtherTables(knex: Knex, schema: Schema, hasTables: boolean): Promise<void> {
  const { migrations: _ownRecord, ...bookkeeping } = BOOKKEEPING;
  const created = [
    ...(hasTables ? [] : Object.values(schema.tables).map((table) => table.name)),
    ...Object.values(bookkeeping),
  ];
  const present = await catalogued(knex, (open) => presentTables(open, created));
  if (present.size === 0) return;
  const ofBookkeeping = Object.values(bookkeeping).some((name) => present.has(name));
  throw new DatabaseError(
    "TABLES_EXIST",
    `the database already has tables with the names that migrate creates: ${created.filter((name) => present.has(name)).join(", ")}`,
    ofBookkeeping
      ? `Nothing was created. They are obc-sync's own, but ${BOOKKEEPING.migrations} has no record of them. ${SET_UP_AGAIN}`
      : "Nothing was created. Name another database with --database.",
  );
}

/** Creating triggers for a column that is missing would fail, or leave triggers that log nothing. */
export function refuseMissingColumns(knex: Knex, schema: Schema): Promise<void> {
  return catalogued(knex, async (open) => {
    for (const name of TABLE_NAMES) {
      const query = { sql: `select 1 from ${schema.relations[name]} relation where 1 = 0`, bindings: [] };
      await read(open, "control", query).catch((error: unknown) => {
        const column = open.dialect.errors.missingColumn(error);
        if (column === null) throw error;
        throw new DatabaseError(
          "SCHEMA_INCOMPLETE",
          `the table ${schema.tables[name].name} lacks the column ${column}, which obc-sync reads and writes`,
          NEW_TABLES,
          { cause: error },
        );
      });
    }
  });
}
