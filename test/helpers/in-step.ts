import { expect } from "vitest";
import type { TestDatabase } from "./databases.ts";
import {
  expectedMunicipalities,
  expectedProvinces,
  type Figures,
  type FiguresByCode,
  storedCoverages,
} from "./plain-sql.ts";

/** Expects every automatic coverage to equal what plain SQL computes. */
export async function expectCoveragesInStep(database: TestDatabase): Promise<void> {
  for (const [level, units, expected] of [
    ["municipality", "municipalities", await expectedMunicipalities(database)],
    ["province", "provinces", await expectedProvinces(database)],
  ] as const) {
    const stored = await storedCoverages(database, level);
    const kept = await database.rows<{ code: string }>(
      `select unit.code from ${level}_coverages coverage join ${units} unit on unit.id = coverage.${level}_id
        where not coverage.auto_sync or coverage.is_deleted`,
    );
    const codes = new Set(kept.map(({ code }) => code));
    expect(withoutEmpty(stored, codes)).toEqual(withoutEmpty(expected, codes));
  }
}

/** A unit with nothing beneath it may have a coverage of zeros or none. */
function withoutEmpty(figures: FiguresByCode, leftOut: ReadonlySet<string>): FiguresByCode {
  const counts = ({ total_obc_communities, total_municipalities }: Figures) =>
    Number(total_obc_communities ?? 0) + Number(total_municipalities ?? 0);
  return Object.fromEntries(
    Object.entries(figures).filter(([code, values]) => !leftOut.has(code) && counts(values) > 0),
  );
}
