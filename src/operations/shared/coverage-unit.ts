import { UnitError } from "../../core/errors.ts";
import type { CoverageRecord, CoverageState } from "../../core/records/coverage.ts";
import { LEVELS, type Level, type LevelUnit } from "../../core/sync/level.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { Session } from "../../db/connection/session.ts";
import { readLevelUnits } from "../../db/sync/scope-reader.ts";

/** Identifies one coverage. */
export interface CoverageUnit {
  /** Code, stored or of the PSGC, or unambiguous name of the municipality or province-level unit. */
  unit: string;
  /** The level of the unit, for a code or name that units of both levels have; either by default. */
  level?: Level | undefined;
}

/** @throws UnitError if the unit is unknown or ambiguous */
export async function findUnit(session: Session, { unit, level }: CoverageUnit): Promise<LevelUnit> {
  const [found] = await readLevelUnits(session, [unit], level === undefined ? LEVELS : [level]);
  return found as LevelUnit;
}

/** @throws UnitError if the unit has no coverage */
export function requireCoverage(record: CoverageRecord): CoverageState {
  if (record.coverage !== null) return record.coverage;
  const { level, code } = record;
  throw new UnitError(
    "COVERAGE_MISSING",
    `${describeCoverage(record)} has no coverage`,
    `If it has communities, create the coverage with: obc-sync sync --${level} ${code}. Create a manual one with: obc-sync coverage manual ${code} --level ${level}`,
  );
}

/** The scope of a coverage: a municipality with its province, or a province without its municipalities. */
export function scopeOfCoverage({ level, code, unitId, provinceId }: CoverageRecord): Scope {
  const municipalityIds = level === "municipality" ? [unitId] : [];
  return { kind: level, units: [code], municipalityIds, provinceIds: [provinceId] };
}

export function describeCoverage({ name, parent, code }: CoverageRecord): string {
  return `${name}, ${parent} (${code})`;
}
