import { describe, expect, it } from "vitest";
import { readImportHeader } from "../../../src/core/headings/import-header.ts";
import { parseBarangayCode, parseImportRow, type SourceRow } from "../../../src/core/rows/import-row.ts";

const BY_CODE = "barangay_code,households,notes";

function parse(header: string, source: Omit<SourceRow, "row">, mayBeShort = false) {
  const options = { file: "list.csv", mapping: new Map(), ignoreUnknown: false };
  return parseImportRow({ row: 2, ...source }, readImportHeader(header.split(","), 1, options), {
    mayBeShort,
    codes: "psgc",
    texts: {},
    notAvailable: new Set(),
  });
}

describe("a row", () => {
  it("has its code, the values of the header's columns, and no findings", () => {
    expect(parse(BY_CODE, { cells: ["1001301001", "1,234", " near the sea "] })).toMatchObject({
      row: 2,
      code: "1001301001",
      values: [1234, "near the sea"],
      findings: [],
    });
  });

  it("has its names, trimmed, if the file has them", () => {
    const { code, names, findings } = parse("Province,Municipality,Barangay,HH", {
      cells: ["Bukidnon ", "Baungon", " Balintad", "1"],
    });
    expect({ code, names, findings }).toEqual({
      code: null,
      names: { region: "", province: "Bukidnon", municipality: "Baungon", barangay: "Balintad" },
      findings: [],
    });
  });

  it("has one finding for each bad cell, with column and value", () => {
    const { findings } = parse(BY_CODE, { cells: ["12", "-3", "#REF!"] });
    expect(findings.map(({ row, kind, column, code, value }) => [row, kind, column, code, value])).toEqual([
      [2, "code", "barangay_code", "12", "12"],
      [2, "figure", "households", "12", "-3"],
      [2, "value", "notes", "12", "#REF!"],
    ]);
  });

  it("that names no barangay is rejected", () => {
    expect(parse(BY_CODE, { cells: [" ", "1", ""] }).findings).toMatchObject([
      { kind: "code", column: "barangay_code" },
    ]);
  });
});

describe("the shape of a row", () => {
  it("must be that of the header", () => {
    const message = "the row has 2 cells, the header 3; check for a missing or extra delimiter or quote";
    expect(parse(BY_CODE, { cells: ["1001301001", "1"] }).findings).toMatchObject([{ kind: "row", message }]);
  });

  it("may be shorter in a workbook, and longer by blank cells", () => {
    expect(parse(BY_CODE, { cells: ["1001301001", "1"] }, true)).toMatchObject({ values: [1, null], findings: [] });
    expect(parse(BY_CODE, { cells: ["1001301001", "1", "", " "] }, true).findings).toEqual([]);
    expect(parse(BY_CODE, { cells: ["1001301001", "1", "", "x"] }, true).findings).toHaveLength(1);
  });

  it("may not have a value without a heading", () => {
    const { findings } = parse("barangay_code,,households", { cells: ["1001301001", "x", "1"] });
    expect(findings).toMatchObject([{ kind: "row", message: "column 2 has a value but no heading" }]);
  });

  it("is bad if the reader reports a problem", () => {
    expect(parse(BY_CODE, { cells: [], problem: "not JSON" }).findings).toMatchObject([{ message: "not JSON" }]);
  });
});

describe("a merged cell over a row", () => {
  const over = { reference: "B2", firstRow: 2, lastRow: 3, text: "7" };

  it("rejects it in a column of figures, and of the barangay", () => {
    const cells = ["1001301001", "7", ""];
    expect(parse(BY_CODE, { cells, merged: [{ ...over, column: 1 }] }).findings).toMatchObject([
      { kind: "merged", column: "households", value: "7" },
    ]);
    expect(parse(BY_CODE, { cells, merged: [{ ...over, column: 0 }] }).findings).toMatchObject([
      { kind: "merged", column: "barangay_code" },
    ]);
  });

  it("does not reject it in a column of text, or if the cell contains a dash", () => {
    const cells = ["1001301001", "-", "x"];
    expect(parse(BY_CODE, { cells, merged: [{ ...over, column: 2 }] }).findings).toEqual([]);
    expect(parse(BY_CODE, { cells, merged: [{ ...over, column: 1, text: "-" }] }).findings).toEqual([]);
  });
});

describe("a barangay code", () => {
  it.each([
    ["1001301001", "1001301001"],
    [" 1001301001 ", "1001301001"],
    ["'0907201006", "0907201006"],
    ["907201006", "0907201006"],
    ["907201006.0", "0907201006"],
  ])("%s is read as %s", (cell, code) => {
    expect(parseBarangayCode(cell, "psgc")).toEqual({ value: code, problem: null });
    expect(parseBarangayCode(cell, "own")).toEqual({ value: code, problem: null });
  });

  it.each(["BUKIDNON_BAUNGON_IMBATUG", " 12345678 "])("%s may be a code of the application's own", (cell) => {
    expect(parseBarangayCode(cell, "own")).toEqual({ value: cell.trim(), problem: null });
  });

  it.each([
    ["", "missing"],
    ["1.00E+09", "shortened"],
    ["12345678", "ten digits"],
    ["10013010011", "ten digits"],
    ["Poblacion", "ten digits"],
  ])("%s is refused", (cell, problem) => {
    expect(parseBarangayCode(cell, "psgc").problem).toContain(problem);
  });
});
