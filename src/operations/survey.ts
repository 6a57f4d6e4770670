import type { Knex } from "knex";
import { DatabaseError } from "../core/errors.ts";
import type { DatabaseState } from "../core/setup/init-report.ts";
import { readContents } from "../db/diagnosis/contents-reader.ts";
import { migrationStatus } from "../db/setup/migrate.ts";
import { withSnapshot } from "../db/transaction/transaction.ts";
import { connect, withDatabase } from "./shared/database.ts";
import type { OperationOptions } from "./shared/options.ts";

export interface Survey {
  state: DatabaseState;
  /** Whose tables the database has, or would get; null where there is no database. */
  schema: string | null;
}

/**
 * Connects to the database of a setting, and looks how far it is set up. Changes nothing.
 *
 * @throws DatabaseError if it cannot be reached; a SQLite file that does not exist is a database yet to be made
 */
export async function survey(
  setting: string,
  schema: string | undefined,
  options: Pick<OperationOptions, "signal" | "lockTimeoutMs">,
): Promise<Survey> {
  try {
    return await withDatabase(setting, "read", async (knex) => {
      await connect(knex);
      return surveyed(knex, schema, options);
    });
  } catch (error) {
    const isMissing = error instanceof DatabaseError && error.code === "DATABASE_MISSING" && error.cause === undefined;
    if (!isMissing) throw error;
    return { state: "missing", schema: null };
  }
}

async function surveyed(
  knex: Knex,
  asked: string | undefined,
  options: Pick<OperationOptions, "signal" | "lockTimeoutMs">,
): Promise<Survey> {
  const { schema, applied, pending } = await migrationStatus(knex, asked);
  const isForeign = schema !== "native";
  if (pending.length > 0) return { schema, state: applied.length === 0 ? "empty" : "outdated" };
  const { hasPlaces, hasCommunities } = await withSnapshot(knex, { ...options, schema }, readContents);
  if (hasCommunities) return { schema, state: "with communities" };
  return { schema, state: hasPlaces || isForeign ? "with geography" : "migrated" };
}
