import { describe, expect, it } from "vitest";
import { type ColumnMapping, readColumnMapping } from "../../../src/core/import/import-columns.ts";
import { hasNames, readImportHeader } from "../../../src/core/import/import-header.ts";

function read(line: string, { mapping = new Map() as ColumnMapping, ignoreUnknown = false, row = 1 } = {}) {
  return readImportHeader(line.split(","), row, { file: "list.csv", mapping, ignoreUnknown });
}

describe("a header", () => {
  it("has the positions of the place's columns and, in the order of the file, of the community's columns", () => {
    expect(read("HH,Barangay,Municipality,PWDs")).toMatchObject({
      headings: ["HH", "Barangay", "Municipality", "PWDs"],
      width: 4,
      codeIndex: -1,
      nameIndexes: { region: -1, province: -1, municipality: 2, barangay: 1 },
      columns: [
        { name: "households", index: 0 },
        { name: "pwd_count", index: 3 },
      ],
    });
  });

  it("may have columns without a heading", () => {
    expect(read("barangay_code,,households").unnamedIndexes).toEqual([1]);
  });

  it("of a rejects file is read without the four added columns, which still count for its width", () => {
    const header = read("barangay_code,households,row,column,code,message");
    expect(header).toMatchObject({ headings: ["barangay_code", "households"], width: 6 });
    expect(header.columns).toHaveLength(1);
  });
});

describe("an unusable header", () => {
  it("is refused with all of its unknown columns, the file and the row", () => {
    expect(() => read("barangay_code,Colour,households,Mood", { row: 3 })).toThrow(
      'list.csv, row 3: unknown columns "Colour", "Mood"',
    );
  });

  it("is not one with unknown columns that are ignored, by flag or by mapping", () => {
    expect(read("barangay_code,Colour,households", { ignoreUnknown: true }).columns).toHaveLength(1);
    const mapping = readColumnMapping([["Colour", null]]);
    expect(read("barangay_code,Colour,households", { mapping }).columns).toHaveLength(1);
  });

  it("has one field under two headings", () => {
    expect(() => read("barangay_code,HH,households")).toThrow('"HH", "households"');
  });

  it("identifies no barangay", () => {
    expect(() => read("barangay,households")).toThrow(
      "no column barangay_code, and no columns barangay and municipality",
    );
  });

  it("has only columns of the place", () => {
    expect(() => read("barangay_code,barangay")).toThrow("nothing to import");
  });

  it("is refused with the file, without a row, if each row names its columns", () => {
    expect(() => read("barangay_code,Colour", { row: 0 })).toThrow('list.csv: unknown column "Colour"');
  });
});

it("names identify a barangay with its municipality or its province", () => {
  expect(hasNames(read("barangay,municipality,households"))).toBe(true);
  expect(hasNames(read("barangay,province,households"))).toBe(true);
  expect(hasNames(read("barangay_code,barangay,households"))).toBe(false);
});
