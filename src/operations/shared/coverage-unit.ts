import { UnitError } from "../../core/errors.ts";
import type { CoverageRecord, CoverageState } from "../../core/records/coverage.ts";
import { LEVELS, type Level, type LevelUnit } from "../../core/sync/level.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { Session } from "../../db/connection/session.ts";
import { readLevelUnits } from "../../db/sync/scope-reader.ts";

/** Names one coverage. */
export interface CoverageUnit {
  /** PSGC code or unambiguous name of the municipality or province-level unit. */
  unit: string;
  /** Which level, where a code or a name stands for a unit of both; either by default. */
  level?: Level | undefined;
}

/** @throws UnitError where the unit is unknown or ambiguous */
export async function findUnit(session: Session, { unit, level }: CoverageUnit): Promise<LevelUnit> {
  const [found] = await readLevelUnits(session, [unit], level === undefined ? LEVELS : [level]);
  return found as LevelUnit;
}

/** @throws UnitError where the unit has no coverage */
export function requireCoverage(record: CoverageRecord): CoverageState {
  if (record.coverage !== null) return record.coverage;
  const { level, code } = record;
  throw new UnitError(
    "COVERAGE_MISSING",
    `${describeCoverage(record)} has no coverage`,
    `Sync creates one where there are communities: obc-sync sync --${level} ${code}. To keep one by hand: obc-sync coverage manual ${code} --level ${level}`,
  );
}

/** A municipality with its province, or a province without its municipalities. */
export function scopeOfCoverage({ level, code, unitId, provinceId }: CoverageRecord): Scope {
  const municipalityIds = level === "municipality" ? [unitId] : [];
  return { kind: level, units: [code], municipalityIds, provinceIds: [provinceId] };
}

export function describeCoverage({ name, parent, code }: CoverageRecord): string {
  return `${name}, ${parent} (${code})`;
}
