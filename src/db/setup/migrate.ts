import type { Knex } from "knex";
import { DatabaseError, UsageError } from "../../core/errors.ts";
import { FIELDS } from "../../core/fields.ts";
import { logEveryUnit, putBackTriggers, readBrokenTriggers } from "../capture/broken-triggers.ts";
import { dialectOf } from "../connection/dialect-of.ts";
import type { OpenTransaction } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { findMissingIndexes } from "../diagnosis/index-reader.ts";
import { explainPlan } from "../diagnosis/plan-explainer.ts";
import { BOOKKEEPING, NO_BOOKKEEPING } from "../schema/bookkeeping.ts";
import { refuseUnknown } from "../schema/migration-check.ts";
import { migrationConfig, migrationNames } from "../schema/migration-source.ts";
import { type Schema, TABLE_NAMES } from "../schema/schema.ts";
import { schemaNamed, schemaOfMigrations } from "../schema/schemas.ts";
import { findForeignSchema, presentTables } from "../transaction/find-schema.ts";

export interface MigrationStatus {
  /** The name of the schema. */
  schema: string;
  applied: string[];
  pending: string[];
  /** The CREATE INDEX statements that the account may not run. */
  missingIndexes: string[];
}

/**
 * Runs all pending migrations, each in its own transaction.
 *
 * @param asked the name of a schema; by default the one that the database has been set up for, or whose tables it has
 * @returns the names of the migrations
 * @throws DatabaseError if another version has migrated the database, or other tables have the names that they create
 */
export async function runMigrations(knex: Knex, asked: string | undefined): Promise<MigrationStatus> {
  const { schema, recorded } = await schemaOf(knex, asked);
  refuseUnknown(schema, recorded);
  await refuseDamaged(knex, schema, recorded);
  const hasTables = !schema.isOwn || (recorded.length === 0 && (await hasOwnTables(knex, schema)));
  if (recorded.length === 0) await refuseOtherTables(knex, schema, hasTables);
  const { connections } = dialectOf(knex);
  if (schema.isOwn) await connections.settle(knex);
  try {
    const [, applied] = (await knex.migrate.latest(migrationConfig(schema, hasTables))) as [number, string[]];
    await createTriggers(knex, schema, hasTables || recorded.length > 0);
    return { schema: schema.name, applied, pending: [], missingIndexes: await createIndexes(knex, schema) };
  } catch (error) {
    throw (error as Error).name === "MigrationLocked" ? migrationLocked(error) : error;
  }
}

/**
 * Creates the indexes that queries rely on and the tables lack; those of the program's own tables are in a migration.
 * Returns the statements for which the account lacks the right.
 */
async function createIndexes(knex: Knex, schema: Schema): Promise<string[]> {
  const { errors } = dialectOf(knex);
  const missing = await catalogued(knex, (open) => findMissingIndexes({ ...open, schema }));
  const refused: string[] = [];
  for (const { createIndex } of missing) {
    await knex.raw(createIndex).catch((error: unknown) => {
      if (!errors.isRefused(error)) throw error;
      refused.push(createIndex);
    });
  }
  return refused;
}

/** Triggers are not part of a migration: each version has its own, and puts back those that are not as it makes them. */
async function createTriggers(knex: Knex, schema: Schema, mayHaveCommunities: boolean): Promise<void> {
  const dialect = dialectOf(knex);
  await knex.transaction(async (transaction) => {
    const session = { transaction, dialect, schema };
    // Two migrations at once would create the same functions.
    await read(session, "control", dialect.locks.waitForLock);
    const broken = await readBrokenTriggers(session);
    await putBackTriggers(session, broken);
    // Nothing has been logged so far.
    if (mayHaveCommunities && broken.length > 0) await logEveryUnit(session);
  });
}

/** The names of the applied and the pending migrations. Creates nothing. */
export async function migrationStatus(knex: Knex, asked: string | undefined): Promise<MigrationStatus> {
  const { schema, recorded } = await schemaOf(knex, asked);
  refuseUnknown(schema, recorded);
  await refuseDamaged(knex, schema, recorded);
  const pending = migrationNames(schema).filter((name) => !recorded.includes(name));
  return { schema: schema.name, applied: recorded, pending, missingIndexes: [] };
}

/** The name of the schema that a database has been set up for, or whose tables it has. */
export async function readSchemaName(knex: Knex): Promise<string> {
  return (await schemaOf(knex, undefined)).schema.name;
}

/**
 * @throws UsageError if the database has, or was set up for, the tables of another schema: it is never given the tables of
 * two
 */
async function schemaOf(knex: Knex, asked: string | undefined): Promise<{ schema: Schema; recorded: string[] }> {
  const { name: database } = dialectOf(knex);
  const recorded = await recordedMigrations(knex);
  const found = recorded.length === 0 ? await catalogued(knex, findForeignSchema) : null;
  const present = found ?? schemaOfMigrations(recorded, database);
  const schema = asked === undefined ? present : schemaNamed(asked, database);
  if (schema.name === present.name) return { schema, recorded };
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

function catalogued<T>(knex: Knex, use: (open: OpenTransaction) => Promise<T>): Promise<T> {
  const dialect = dialectOf(knex);
  return knex.transaction((transaction) => use({ transaction, dialect }), dialect.locks.readOnlyTransaction);
}

function migrationLocked(cause: unknown): DatabaseError {
  const lock = `${BOOKKEEPING.migrations}_lock`;
  return new DatabaseError(
    "DATABASE_BUSY",
    "another migration of this database is running, or was killed",
    `Wait for it to finish. If there is none, release its lock with: update ${lock} set is_locked = 0`,
    { cause },
  );
}

async function recordedMigrations(knex: Knex): Promise<string[]> {
  if (!(await knex.schema.hasTable(BOOKKEEPING.migrations))) return [];
  return knex(BOOKKEEPING.migrations).orderBy("id").pluck<string[]>("name");
}

/** A migration that is recorded is not run again, so what somebody removed by hand would stay missing. */
async function refuseDamaged(knex: Knex, schema: Schema, recorded: readonly string[]): Promise<void> {
  if (migrationNames(schema).some((name) => !recorded.includes(name))) return;
  const { migrations: _ownRecord, ...bookkeeping } = BOOKKEEPING;
  const names = Object.values(bookkeeping);
  const present = await catalogued(knex, (open) => presentTables(open, names));
  const missing = names.filter((name) => !present.has(name));
  if (missing.length === 0) return;
  throw new DatabaseError(
    "DATABASE_DAMAGED",
    `the database was migrated, but lacks ${missing.join(", ")}`,
    "Somebody has removed it. Set obc-sync up again with: obc-sync migrate --remove, then obc-sync migrate and obc-sync sync. Communities and coverages stay; the history of runs is lost.",
  );
}

/**
 * Whether a database without a record of migrations has the program's own tables all the same: `migrate --remove` leaves
 * them. Tables of other programs lack a column that a sync reads.
 */
async function hasOwnTables(knex: Knex, schema: Schema): Promise<boolean> {
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
async function refuseOtherTables(knex: Knex, schema: Schema, hasTables: boolean): Promise<void> {
  const { migrations: _ownRecord, ...bookkeeping } = BOOKKEEPING;
  const created = [
    ...(hasTables ? [] : Object.values(schema.tables).map((table) => table.name)),
    ...Object.values(bookkeeping),
  ];
  const present = await catalogued(knex, (open) => presentTables(open, created));
  if (present.size === 0) return;
  throw new DatabaseError(
    "TABLES_EXIST",
    `the database already has tables with the names that migrate creates: ${created.filter((name) => present.has(name)).join(", ")}`,
    "Nothing was created. Name another database with --database.",
  );
}
