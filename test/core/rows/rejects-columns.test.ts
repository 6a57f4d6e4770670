import { describe, expect, it } from "vitest";
import { readColumnMapping } from "../../../src/core/headings/import-columns.ts";
import { readImportHeader } from "../../../src/core/headings/import-header.ts";
import type { UnitColumn } from "../../../src/core/headings/unit-headings.ts";
import { rejectedCell, rejectsColumns } from "../../../src/core/rows/rejects-columns.ts";

const MAPPING = readColumnMapping([["Muslim HH", "households"]], { optional: true });

function headerOf(line: string) {
  const options = { file: "list.csv", mapping: MAPPING, ignoreUnknown: true, isPlaced: true };
  return readImportHeader(line.split(","), 1, options);
}

function headings(tables: readonly string[], ...around: UnitColumn[]): string {
  const columns = rejectsColumns(tables.map(headerOf), new Set(around), MAPPING);
  return columns.map(({ heading }) => heading).join();
}

describe("the columns of a rejects file", () => {
  it("of one table are its own, whatever they mean, and the units that it names elsewhere", () => {
    expect(headings(["Barangay,Population,OBC Pop,Mood"], "municipality", "province")).toBe(
      "Barangay,Population,OBC Pop,Mood,province,municipality",
    );
    expect(headings(["Town,Barangay,HHs"], "municipality")).toBe("Town,Barangay,HHs");
  });

  it.each([
    [
      "one for each field, under its name where the headings differ",
      ["Barangay,HHs", "Brgy,Families,No. of HH"],
      "barangay,households,Families",
    ],
    [
      "a heading that means another field beside other headings under its name",
      ["Barangay,OBC Pop,Population", "Barangay,HHs"],
      "Barangay,OBC Pop,total_barangay_population,HHs",
    ],
    [
      "a mapped heading as it is, so that the same --map applies again",
      ["Barangay,Muslim HH", "Muslim HH,Barangay"],
      "Barangay,Muslim HH",
    ],
    [
      "what is not imported before the figures, once for each heading",
      ["Barangay,HHs,Mood", "No.,Barangay,Men,Mood,HHs"],
      "Barangay,Mood,No.,Men,HHs",
    ],
  ])("of several tables are %s", (_, tables, expected) => {
    expect(headings(tables)).toBe(expected);
    // Read as a header, they mean the same as those of the tables.
    const read = headerOf(expected).columns.map(({ name }) => name);
    expect(new Set(read)).toEqual(new Set(tables.flatMap((table) => headerOf(table).columns.map(({ name }) => name))));
  });
});

describe("a cell of a rejects file", () => {
  const header = headerOf("Town,Barangay,HHs");
  const columns = rejectsColumns([header], new Set(["province"]), MAPPING);
  const cellsOf = (cells: string[], merged: Array<{ column: number; text: string }> = []) => {
    const areas = merged.map((area) => ({ ...area, reference: "", firstRow: 5, lastRow: 6 }));
    const source = { row: 6, cells, merged: areas };
    return columns.map((column) => rejectedCell(column, 0, source, { municipality: "Damulog", province: "Bukidnon" }));
  };

  it("has the unit around its row where the row has none", () => {
    expect(cellsOf(["", "Aludas", "x"])).toEqual(["Damulog", "Aludas", "x", "Bukidnon"]);
    expect(cellsOf(["Kibawe", "Aludas", "x"])[0]).toBe("Kibawe");
  });

  it("has the text of a merged cell in each row; a figure cannot be taken for that of the row", () => {
    const [, barangay, figure] = cellsOf(
      ["", "", "9"],
      [
        { column: 1, text: "Aludas" },
        { column: 2, text: "9" },
      ],
    );
    expect([barangay, figure]).toEqual(["Aludas", "9 (rows 5 to 6 together)"]);
  });
});
