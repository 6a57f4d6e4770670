import { describe, expect, it } from "vitest";
import { type ColumnMapping, readColumnMapping } from "../../../src/core/import/import-columns.ts";
import { hasNames, readImportHeader, readKeys, refuseMissingKeys } from "../../../src/core/import/import-header.ts";

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

describe("a mapped heading that the file lacks", () => {
  const mapping = readColumnMapping([["Popp", "households"]]);

  it("is refused with the most similar ones", () => {
    expect(() => read("barangay_code,Pop,Women,Youth,Mood", { mapping })).toThrow(
      expect.objectContaining({
        message: 'list.csv, row 1: no column "Popp" to map',
        hint: expect.stringMatching(/^The most similar columns of the file are: "Pop", /),
      }),
    );
  });

  it("is none that differs in case, blanks or punctuation", () => {
    expect(read("barangay_code,p o P-p", { mapping }).columns).toEqual([{ name: "households", index: 1 }]);
  });

  it("may be missing where the mapping is for several files", () => {
    const shared = readColumnMapping([["Popp", "households"]], { optional: true });
    expect(read("barangay_code,HH", { mapping: shared }).columns).toHaveLength(1);
  });

  it("may come in a later line of NDJSON", () => {
    const options = { file: "list.ndjson", mapping, ignoreUnknown: false };
    expect(() => refuseMissingKeys(readKeys(["barangay_code", "HH"], options), options)).toThrow(
      'list.ndjson: no column "Popp" to map',
    );
    expect(() => refuseMissingKeys(readKeys(["barangay_code", "Popp"], options), options)).not.toThrow();
  });
});

it("unknown columns are ignored on request, and known afterwards", () => {
  const header = read("barangay_code,Colour,households,Mood", { ignoreUnknown: true });
  expect(header.ignored).toEqual(["Colour", "Mood"]);
});

describe("refused is", () => {
  it("every unknown column at once, with file and row", () => {
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

  it("with the file alone where the rows carry their own names", () => {
    const options = { file: "list.ndjson", mapping: new Map(), ignoreUnknown: false };
    expect(() => readKeys(["barangay_code", "Colour"], options)).toThrow('list.ndjson: unknown column "Colour"');
  });
});

it("names identify a barangay with its municipality or its province", () => {
  expect(hasNames(read("barangay,municipality,households"))).toBe(true);
  expect(hasNames(read("barangay,province,households"))).toBe(true);
  expect(hasNames(read("barangay_code,barangay,households"))).toBe(false);
});
