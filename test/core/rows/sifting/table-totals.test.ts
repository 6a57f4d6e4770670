import { describe, expect, it } from "vitest";
import { HEADER, ROWS, siftLines } from "./sift-lines.ts";

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
    expect(siftLines(HEADER, [...ROWS, line])).toMatchObject({
      kinds: ["community", "community", "total"],
      warnings: [],
    });
  });

  it("by code too", () => {
    const rows = ["1001301001,10", "1001301002,20", "TOTAL,30", ",30", "Prepared by: Ana,"];
    expect(siftLines("barangay_code,households", rows).kinds.slice(2)).toEqual(["total", "total", "note"]);
  });

  it("with a warning naming both figures where it differs, and none where a cell is empty", () => {
    const { kinds, warnings } = siftLines(HEADER, [...ROWS, ",Kabuuan,31,12,"]);
    expect(kinds[2]).toBe("total");
    expect(warnings).toEqual([
      {
        ...{ row: 4, column: "households", code: "", value: "31", kind: "total-differs" },
        message: "Kabuuan is 31, but rows 2 to 3 sum to 30",
      },
    ]);
    expect(siftLines(HEADER, [...ROWS, ",TOTAL,30,,"]).warnings).toEqual([]);
  });

  it("at each level: of a municipality, of a province, of the whole file", () => {
    const lines = [
      ...[ROWS[0], ",Sub-total,10,5,", ROWS[1], ",Sub-total,20,7,", ",Provincial Total,30,12,"],
      ...["Baungon,Danatag,1,1,", ",Sub-total,1,1,", ",Provincial Total,1,1,", ",GRAND TOTAL,31,13,"],
    ] as string[];
    expect(siftLines(HEADER, lines).warnings).toEqual([]);
    expect(siftLines(HEADER, [...lines.slice(0, -1), ",GRAND TOTAL,31,14,"]).warnings).toMatchObject([
      { column: "women_count", message: "GRAND TOTAL is 14, but rows 2 to 7 sum to 13" },
    ]);
  });

  it("counts n/a as nothing", () => {
    expect(siftLines(HEADER, ["Baungon,Balintad,n/a,5,", ROWS[1] as string, ",TOTAL,20,N/A,"]).warnings).toEqual([]);
  });

  it("of the unit that it names, wherever its rows are, and not of others", () => {
    const rows = [
      "Baungon,Balintad,10,5,",
      "Damulog,Aludas,1,1,",
      "Baungon,Buenavista,20,7,",
      "Damulog,Poblacion,2,2,",
    ];
    const warningsOf = (...totals: string[]) => siftLines(HEADER, [...rows, ...totals]).warnings;
    expect(warningsOf("Baungon Total,,30,12,", "TOTAL FOR DAMULOG,,3,3,", ",GRAND TOTAL,33,15,")).toEqual([]);
    expect(warningsOf("Damulog,Sub-total,3,3,")).toEqual([]);
    expect(warningsOf("Damulog Total,,33,15,")).toMatchObject([
      { column: "households", message: "Damulog Total is 33, but the rows of Damulog (rows 3 to 5) sum to 3" },
      { column: "women_count" },
    ]);
  });

  it("with a warning where a cell is no figure, which is not compared", () => {
    expect(siftLines(HEADER, [...ROWS, ",Total,30*,12,"]).warnings).toMatchObject([
      {
        column: "households",
        value: "30*",
        message: "Total is no figure here, so that it was not compared with the rows",
      },
    ]);
  });

  it("and a community is none whose text begins with a total's word", () => {
    const ofText = siftLines("Remarks,Municipality,Barangay,HH", [
      "seen,Baungon,Balintad,10",
      "Total evacuation,Baungon,Danatagg,30",
    ]);
    expect(ofText.kinds).toEqual(["community", "community"]);
  });
});
