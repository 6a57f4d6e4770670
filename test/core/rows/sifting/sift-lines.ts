import { readImportHeader } from "../../../../src/core/headings/import-header.ts";
import { BarangayIndex } from "../../../../src/core/places/barangay-index.ts";
import { PlaceDirectory } from "../../../../src/core/places/place-directory.ts";
import { PlaceResolver } from "../../../../src/core/places/place-resolver.ts";
import type { RowRules } from "../../../../src/core/rows/import-row.ts";
import { RowPlacer } from "../../../../src/core/rows/placing/row-placer.ts";
import { RowSieve } from "../../../../src/core/rows/sifting/row-sieve.ts";

const NAMES = ["Balintad", "Buenavista", "Danatag", "Imbatug", "Total Hope"];
const BARANGAYS = NAMES.map((name, index) => ({ id: index, code: `100130100${index}`, name, municipalityId: 1 }));
export const BAUNGON = {
  ...{ id: 1, code: "1001301000", name: "Baungon", kind: "municipality", regions: ["10"] },
  ...{ provinceCode: "1001300000", provinceName: "Bukidnon", provinceKind: "province" },
};

export const RULES: RowRules = { mayBeShort: true, codes: "psgc", texts: {}, notAvailable: new Set(["n/a"]) };

/** The rows from row 2 on, as they were sifted: "community", or the kind of what was passed over, and the warnings. */
export function siftLines(heading: string, lines: readonly string[], { skipsTotals = true } = {}) {
  const index = new BarangayIndex(BARANGAYS.length);
  for (const { id, code } of BARANGAYS) index.add({ id, psgcCode: code, ownCode: null, population: null });
  const placer = new RowPlacer(index, new PlaceResolver(new PlaceDirectory([BAUNGON], BARANGAYS)), null, null);
  const sieve = new RowSieve({ rules: RULES, placer, skipsTotals });
  const options = { file: "list.csv", mapping: new Map(), ignoreUnknown: false };
  const header = readImportHeader(heading.split(","), 1, options);
  const sifted = lines.map((line, position) => sieve.sift({ row: position + 2, cells: line.split(",") }, header));
  return {
    kinds: sifted.map(({ passed }) => passed?.kind ?? "community"),
    warnings: sifted.flatMap((row) => (row.passed === null ? [] : row.warnings)),
  };
}

export const HEADER = "Municipality,Barangay,Households,Women,Notes";
export const ROWS = ["Baungon,Balintad,10,5,", "Baungon,Buenavista,20,7,"];
