import type { CoverageRecord } from "../../core/records/coverage.ts";
import type { Level } from "../../core/sync/level.ts";
import type { CoverageValue } from "../../core/sync/planned-change.ts";
import type { Session } from "../connection/session.ts";
import { writeOne } from "../connection/statements.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { newRow, ownColumn, ownRow } from "../schema/schema.ts";
import { rowAsRead } from "./row-as-read.ts";

/** What a user may change in a coverage: its flags, and the figures of a manual coverage. */
export type CoverageUpdate = Record<string, CoverageValue | boolean>;

/** Changes only the columns given. Unlike the writes of a sync, it is logged. @param now ISO 8601 in UTC */
export async function updateCoverage(
  session: Session,
  { level, unitId, version }: Pick<CoverageRecord, "level" | "unitId" | "version">,
  update: CoverageUpdate,
  now: string,
): Promise<void> {
  const { schema, dialect } = session;
  const { coverages, key } = COVERAGE_TABLES[level];
  const table = schema.tables[coverages];
  const row = ownRow({ schema, sql: dialect.sql }, coverages, { ...update, updated_at: now });
  const query = rowAsRead(session, table.name, ownColumn(table, key), unitId, version).update(row);
  await writeOne(session, query, "the coverage");
}

/** Adds a manual coverage without figures. @param now ISO 8601 in UTC */
export async function insertManualCoverage(session: Session, level: Level, unitId: number, now: string): Promise<void> {
  const { schema, dialect } = session;
  const { coverages, key } = COVERAGE_TABLES[level];
  const row = { [key]: unitId, auto_sync: false, created_at: now, updated_at: now };
  const query = dialect.sql(schema.tables[coverages].name).insert(newRow({ schema, sql: dialect.sql }, coverages, row));
  await writeOne(session, query, "the coverage");
}
