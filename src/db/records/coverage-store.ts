import type { Level } from "../../core/sync/level.ts";
import type { CoverageValue } from "../../core/sync/sync-plan.ts";
import type { Session } from "../connection/session.ts";
import { writeOne } from "../connection/statements.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { literalRow, ownColumn, ownRow } from "../schema/schema.ts";

/** What a user may change in a coverage: its flags, and the figures of a manual coverage. */
export type CoverageUpdate = Record<string, CoverageValue | boolean>;

/** Changes only the columns given. Unlike the writes of a sync, it is logged. @param now ISO 8601 in UTC */
export async function updateCoverage(
  session: Session,
  level: Level,
  unitId: number,
  update: CoverageUpdate,
  now: string,
): Promise<void> {
  const { coverages, key } = COVERAGE_TABLES[level];
  const table = session.schema.tables[coverages];
  const row = ownRow(table, { ...update, updated_at: now });
  const query = session.dialect.sql(table.name).where(ownColumn(table, key), unitId).update(row);
  await writeOne(session, query, "the coverage");
}

/** Adds a manual coverage without figures. @param now ISO 8601 in UTC */
export async function insertManualCoverage(session: Session, level: Level, unitId: number, now: string): Promise<void> {
  const { coverages, key } = COVERAGE_TABLES[level];
  const { sql } = session.dialect;
  const table = session.schema.tables[coverages];
  const row = ownRow(table, { [key]: unitId, auto_sync: false, created_at: now, updated_at: now });
  await writeOne(session, sql(table.name).insert({ ...literalRow(table, sql), ...row }), "the coverage");
}
