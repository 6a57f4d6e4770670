import { describe, expect, it } from "vitest";
import { readImportHeader } from "../../../../src/core/headings/import-header.ts";
import { BarangayIndex } from "../../../../src/core/places/barangay-index.ts";
import { PlaceDirectory } from "../../../../src/core/places/place-directory.ts";
import { PlaceResolver } from "../../../../src/core/places/place-resolver.ts";
import { RowPlacer } from "../../../../src/core/rows/placing/row-placer.ts";
import { RowSieve } from "../../../../src/core/rows/sifting/row-sieve.ts";
import { BAUNGON, HEADER, ROWS, RULES, siftLines } from "./sift-lines.ts";

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
    expect(siftLines(HEADER, [...ROWS, line]).kinds[2]).toBe("note");
  });

  it("with the names and offices below a signature", () => {
    const lines = [...ROWS, "Prepared by:,Noted by:,,,", ",JUAN DELA CRUZ,,,Mayor", ",MPDC,,,", "Baungon,Danatag,1,1,"];
    expect(siftLines(HEADER, lines).kinds.slice(2)).toEqual(["note", "note", "note", "community"]);
  });

  it("as the numbers of the columns below the header", () => {
    expect(siftLines(HEADER, ["(1),(2),(3),(4),(5)", ROWS[0] as string]).kinds).toEqual(["heading", "community"]);
  });

  it("as a row without a barangay and without figures", () => {
    expect(siftLines(`No.,${HEADER}`, ["1,Baungon,Balintad,1,1,", "2,,,,,", "3,Baungon,,,-,"]).kinds).toEqual([
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
    expect(siftLines(HEADER, [...ROWS, line]).kinds[2]).toBe("community");
  });

  it("a row with a code, whatever else is in it", () => {
    const rows = ["1001301001,Balintad,10", "1001301002,TOTAL,10", "9999999999,TOTAL,10"];
    expect(siftLines("barangay_code,Barangay,Households", rows).kinds).toEqual(["community", "community", "community"]);
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
    const { kinds } = siftLines(HEADER, [...ROWS, ",TOTAL,30,12,", "Prepared by:,,,,"], { skipsTotals: false });
    expect(kinds).toEqual(["community", "community", "community", "community"]);
  });
});
