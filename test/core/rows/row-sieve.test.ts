import { describe, expect, it } from "vitest";
import { readImportHeader } from "../../../src/core/headings/import-header.ts";
import { BarangayIndex } from "../../../src/core/places/barangay-index.ts";
import { PlaceDirectory } from "../../../src/core/places/place-directory.ts";
import { PlaceResolver } from "../../../src/core/places/place-resolver.ts";
import type { RowRules } from "../../../src/core/rows/import-row.ts";
import { RowPlacer } from "../../../src/core/rows/row-placer.ts";
import { RowSieve } from "../../../src/core/rows/row-sieve.ts";

const NAMES = ["Balintad", "Buenavista", "Danatag", "Imbatug", "Total Hope"];
const BARANGAYS = NAMES.map((name, index) => ({ id: index, code: `100130100${index}`, name, municipalityId: 1 }));
const BAUNGON = {
  ...{ id: 1, code: "1001301000", name: "Baungon", kind: "municipality", regions: ["10"] },
  ...{ provinceCode: "1001300000", provinceName: "Bukidnon", provinceKind: "province" },
};

const RULES: RowRules = { mayBeShort: true, codes: "psgc", texts: {}, notAvailable: new Set(["n/a"]) };

/** The rows from row 2 on, as they were sifted: "community", or the kind of what was passed over, and the warnings. */
function sift(heading: string, lines: readonly string[], { skipsTotals = true } = {}) {
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

const HEADER = "Municipality,Barangay,Households,Women,Notes";
const ROWS = ["Baungon,Balintad,10,5,", "Baungon,Buenavista,20,7,"];

describe("a total is passed over", () => {
  it.each([
    ",TOTAL,30,12,",
    "Grand Total,,30,12,",
    ",Sub-total:,30,,",
    ",T O T A L,30,12,",
    ",Kabuuan,30,12,",
    "KINATIBUK-AN,,30,12,",
    "TOTAL,15 barangays,30,12,",
    ",,30,12,",
    "Baungon,,30,12,",
    ",BAUNGON,30,12,",
    "Baungon,Bukidnon,30,12,",
  ])("%s", (line) => {
    expect(sift(HEADER, [...ROWS, line])).toEqual({ kinds: ["community", "community", "total"], warnings: [] });
  });

  it("by code too", () => {
    const rows = ["1001301001,10", "1001301002,20", "TOTAL,30", ",30", "Prepared by: Ana,"];
    expect(sift("barangay_code,households", rows).kinds.slice(2)).toEqual(["total", "total", "note"]);
  });

  it("with a warning naming both figures where it differs, and none where a cell is empty", () => {
    const { kinds, warnings } = sift(HEADER, [...ROWS, ",Kabuuan,31,12,"]);
    expect(kinds[2]).toBe("total");
    expect(warnings).toEqual([
      {
        ...{ row: 4, column: "households", code: "", value: "31", kind: "total-differs" },
        message: "Kabuuan is 31, but rows 2 to 3 sum to 30",
      },
    ]);
    expect(sift(HEADER, [...ROWS, ",TOTAL,30,,"]).warnings).toEqual([]);
  });

  it("at each level: of a municipality, of a province, of the whole file", () => {
    const lines = [
      ...[ROWS[0], ",Sub-total,10,5,", ROWS[1], ",Sub-total,20,7,", ",Provincial Total,30,12,"],
      ...["Baungon,Danatag,1,1,", ",Sub-total,1,1,", ",Provincial Total,1,1,", ",GRAND TOTAL,31,13,"],
    ] as string[];
    expect(sift(HEADER, lines).warnings).toEqual([]);
    expect(sift(HEADER, [...lines.slice(0, -1), ",GRAND TOTAL,31,14,"]).warnings).toMatchObject([
      { column: "women_count", message: "GRAND TOTAL is 14, but rows 2 to 7 sum to 13" },
    ]);
  });

  it("counts n/a as nothing", () => {
    expect(sift(HEADER, ["Baungon,Balintad,n/a,5,", ROWS[1] as string, ",TOTAL,20,N/A,"]).warnings).toEqual([]);
  });
});

describe("a note is passed over", () => {
  it.each([
    "Prepared by: Juan,,,,",
    ",Inihanda ni: Ana,,,",
    ",* includes evacuees,,,",
    "Source: MSWDO 2024,,,,",
    ",The figures are those of the last survey,,,",
    ",*** nothing follows ***,,,",
    "some text,,,,",
  ])("%s", (line) => {
    expect(sift(HEADER, [...ROWS, line]).kinds[2]).toBe("note");
  });

  it("with the names and offices below a signature", () => {
    const lines = [...ROWS, "Prepared by:,Noted by:,,,", ",JUAN DELA CRUZ,,,Mayor", ",MPDC,,,", "Baungon,Danatag,1,1,"];
    expect(sift(HEADER, lines).kinds.slice(2)).toEqual(["note", "note", "note", "community"]);
  });

  it("as the numbers of the columns below the header", () => {
    expect(sift(HEADER, ["(1),(2),(3),(4),(5)", ROWS[0] as string]).kinds).toEqual(["heading", "community"]);
  });

  it("as a row without a barangay and without figures", () => {
    expect(sift(`No.,${HEADER}`, ["1,Baungon,Balintad,1,1,", "2,,,,,", "3,Baungon,,,-,"]).kinds).toEqual([
      ...["community", "blank", "blank"],
    ]);
  });
});

describe("never passed over is", () => {
  it.each([
    ["a barangay whose name has a total's word", "Baungon,Total Hope,30,12,"],
    ["a barangay whose figures are the sum of the rows above", "Baungon,Danatag,30,12,"],
    ["a barangay with a note", "Baungon,Danatag,,,Prepared by: Ana"],
    ["a misspelt barangay whose figures are the sum", "Baungon,Danatagg,30,12,"],
    ["a misspelt barangay without figures", "Baungon,Danatagg,,,"],
    ["a row without a barangay whose figures are not the sum", ",,30,13,"],
    ["a row without a barangay that has a text", ",,,,near the sea"],
    ["a row without a barangay whose figures are the sum, with a text", ",,30,12,near the sea"],
    ["a total with a cell too many", ",TOTAL,30,12,,5"],
  ])("%s", (_, line) => {
    expect(sift(HEADER, [...ROWS, line]).kinds[2]).toBe("community");
  });

  it("a row with a code, whatever else is in it", () => {
    const rows = ["1001301001,Balintad,10", "1001301002,TOTAL,10", "9999999999,TOTAL,10"];
    expect(sift("barangay_code,Barangay,Households", rows).kinds).toEqual(["community", "community", "community"]);
  });

  it("a row with a total's label before a number that may be a barangay: it is refused", () => {
    const index = new BarangayIndex(0);
    const fifteen = { id: 1, code: "1001301015", name: "Barangay 15", municipalityId: 1 };
    const placer = new RowPlacer(index, new PlaceResolver(new PlaceDirectory([BAUNGON], [fifteen])), null, null);
    const sieve = new RowSieve({ rules: RULES, placer, skipsTotals: true });
    const options = { file: "list.csv", mapping: new Map(), ignoreUnknown: false };
    const header = readImportHeader(["No.", "Municipality", "Barangay", "Households"], 1, options);
    const sifted = sieve.sift({ row: 2, cells: ["TOTAL", "Baungon", "15", "900"] }, header);
    expect(sifted).toMatchObject({
      passed: null,
      parsed: { findings: [{ column: "barangay", kind: "place-ambiguous" }] },
    });
  });

  it("anything with --no-skip-totals", () => {
    const { kinds } = sift(HEADER, [...ROWS, ",TOTAL,30,12,", "Prepared by:,,,,"], { skipsTotals: false });
    expect(kinds).toEqual(["community", "community", "community", "community"]);
  });
});
