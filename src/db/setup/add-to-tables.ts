import type { Knex } from "knex";
import { logEveryUnit, putBackTriggers, readBrokenTriggers } from "../capture/broken-triggers.ts";
import { dialectOf } from "../connection/dialect-of.ts";
import { read } from "../connection/statements.ts";
import { findMissingIndexes } from "../diagnosis/index-reader.ts";
import type { Schema } from "../schema/schema.ts";
import { catalogued } from "./catalogued.ts";

/**
 * Triggers are not part of a migration: each version has its own, and puts back those that are not as it makes them.
 *
 * @param mayHaveCommunities whether something may have been changed before there were triggers
 */
export async function createTriggers(knex: Knex, schema: Schema, mayHaveCommunities: boolean): Promise<void> {
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

/**
 * Creates the indexes that queries rely on and the tables lack; those of the program's own tables are in a migration.
 * Returns the statements for which the account lacks the right.
 */
export async function createIndexes(knex: Knex, schema: Schema): Promise<string[]> {
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
