import { describe, expect, it } from "vitest";
import type { GeographySourceRow, SourceCell } from "../../../src/core/geography/geography-source.ts";
import { buildGeographyTree } from "../../../src/core/geography/geography-tree.ts";

type TestRow = [code: SourceCell, name: SourceCell, level: SourceCell, population?: SourceCell];

const COLUMNS = { code: "10-digit PSGC", name: "Name", level: "Geographic Level", population: "2020 Population" };

/** Rows are numbered from 2, as below a header. */
function build(...rows: TestRow[]) {
  const source = rows.map(
    ([code, name, level, population = null], index): GeographySourceRow => ({
      row: index + 2,
      code,
      name,
      level,
      population,
    }),
  );
  return buildGeographyTree({ edition: "test", columns: COLUMNS, rows: source });
}

const BUKIDNON: TestRow[] = [
  ["1000000000", "Region X (Northern Mindanao)", "Reg"],
  ["1001300000", "Bukidnon", "Prov"],
  ["1001301000", "Baungon", "Mun"],
];

describe("a province with its municipality and barangay", () => {
  it("is placed by the digits of the codes, in any order of the rows", () => {
    const { geography, rejects, warnings } = build(["1001301001", "Balintad", "Bgy", 664], ...[...BUKIDNON].reverse());
    expect(geography).toEqual({
      edition: "test",
      regions: [{ code: "1000000000", name: "Region X (Northern Mindanao)" }],
      provinces: [{ code: "1001300000", name: "Bukidnon", kind: "province", regionCode: "1000000000" }],
      municipalities: [{ code: "1001301000", name: "Baungon", kind: "municipality", provinceCode: "1001300000" }],
      barangays: [{ code: "1001301001", name: "Balintad", municipalityCode: "1001301000", population: 664 }],
      oldNames: [],
    });
    expect([rejects, warnings]).toEqual([[], []]);
  });

  it("is sorted by code", () => {
    const { geography } = build(...BUKIDNON, ["1001301009", "Nicdao", "Bgy"], ["1001301002", "Buenavista", "Bgy"]);
    expect(geography.barangays.map(({ code }) => code)).toEqual(["1001301002", "1001301009"]);
  });
});

describe("codes", () => {
  it("get back the leading zero that a number, or CSV made from numbers, has lost", () => {
    const { geography } = build(
      [100000000, "Region I", "Reg"],
      ["102800000", "Ilocos Norte", "Prov"],
      [102801000, "Adams", "Mun"],
    );
    expect(geography.regions[0]?.code).toBe("0100000000");
    expect(geography.provinces[0]).toMatchObject({ code: "0102800000", regionCode: "0100000000" });
    expect(geography.municipalities[0]).toMatchObject({ code: "0102801000", provinceCode: "0102800000" });
  });

  it("may have blanks around them", () => {
    expect(build([" 1000000000 ", "Region X", "Reg"]).geography.regions[0]?.code).toBe("1000000000");
  });

  it.each([
    ["10013010011", "eleven digits"],
    ["1.0013E+09", "a number in scientific notation"],
    ["0000000000", "no region 00"],
    [10013, "too short"],
    [null, "blank"],
    [1001301001.5, "a fraction"],
  ])("%s is rejected: %s", (code, _why) => {
    const { geography, rejects } = build(...BUKIDNON, [code, "Balintad", "Bgy"]);
    expect(geography.barangays).toEqual([]);
    expect(rejects).toEqual([
      {
        row: 5,
        column: "10-digit PSGC",
        code: String(code ?? ""),
        value: String(code ?? ""),
        message: "not a PSGC code: give its ten digits, RRPPPMMBBB, as text",
      },
    ]);
  });

  it("that occur twice are rejected the second time, with the row of the first", () => {
    const { geography, rejects } = build(
      ...BUKIDNON,
      ["1001301001", "Balintad", "Bgy"],
      [1001301001, "Balintad II", "Bgy"],
    );
    expect(geography.barangays.map(({ name }) => name)).toEqual(["Balintad"]);
    expect(rejects).toMatchObject([
      { row: 6, code: "1001301001", message: "row 5 has the same code: keep one of the two" },
    ]);
  });
});

describe("names", () => {
  it.each([
    ["City of Lucena ", "City of Lucena"],
    ["\u00a0Sulu\u00a0", "Sulu"],
    ["Upper  Baguer", "Upper Baguer"],
    ["Marawi\n(Pob.)", "Marawi (Pob.)"],
    ["Don\u0303a Maxima", "Do\u00f1a Maxima"],
    [" Barangay 1-A (Pob.), East ", "Barangay 1-A (Pob.), East"],
  ])("%j becomes %j", (given, expected) => {
    expect(build(["1000000000", given, "Reg"]).geography.regions[0]?.name).toBe(expected);
  });

  it("must not be blank", () => {
    const { rejects } = build(["1000000000", "\u00a0 ", "Reg"]);
    expect(rejects).toMatchObject([
      { row: 2, column: "Name", code: "1000000000", message: "the name is blank: give the unit's name" },
    ]);
  });
});

describe("levels", () => {
  it("are PSA's spellings in any case", () => {
    const { geography, rejects } = build(
      ["1000000000", "Region X", " reg "],
      ["1001300000", "Bukidnon", "PROV"],
      ["1001301000", "Baungon", "mun"],
      ["1001312000", "City of Malaybalay", "CITY"],
    );
    expect(rejects).toEqual([]);
    expect(geography.municipalities.map(({ kind }) => kind)).toEqual(["municipality", "city"]);
  });

  it("are inferred if blank, with a warning", () => {
    const { geography, warnings } = build(
      ...BUKIDNON,
      ["1001301001", "Balintad", null, 664],
      ["1001312000", "City of Malaybalay", " "],
    );
    expect(geography.barangays).toEqual([
      { code: "1001301001", name: "Balintad", municipalityCode: "1001301000", population: 664 },
    ]);
    expect(geography.municipalities[1]).toMatchObject({ code: "1001312000", kind: "city" });
    expect(warnings).toMatchObject([
      {
        row: 5,
        column: "Geographic Level",
        message: "the level is blank, so Bgy was assumed: fill it in to be sure",
      },
      { row: 6, message: "the level is blank, so City was assumed: fill it in to be sure" },
    ]);
  });

  it("that PSA does not use are rejected", () => {
    const { rejects } = build(...BUKIDNON, ["1001301001", "Balintad", "Village"]);
    expect(rejects).toMatchObject([{ row: 5, column: "Geographic Level", code: "1001301001", value: "Village" }]);
    expect(rejects[0]?.message).toContain("Reg, Prov, City, Mun, SubMun, Bgy");
  });

  it.each([
    ["1001301000", "Bgy"],
    ["1001301001", "Mun"],
    ["1001301000", "Prov"],
    ["1001300000", "Reg"],
    ["1001300000", "SubMun"],
  ])("must match the code: %s is not a %s", (code, level) => {
    const { rejects } = build(["1000000000", "Region X", "Reg"], [code, "Baungon", level]);
    expect(rejects).toMatchObject([{ row: 3, column: "Geographic Level", code, value: level }]);
  });
});

describe("populations of barangays", () => {
  it.each([
    [664, 664],
    ["664", 664],
    ["1,234", 1234],
    [" 12,345,678 ", 12_345_678],
    ["-", null],
    [" - ", null],
    ["", null],
    [null, null],
    [0, 0],
  ])("%j is %j", (given, expected) => {
    expect(build(...BUKIDNON, ["1001301001", "Balintad", "Bgy", given]).geography.barangays[0]?.population).toBe(
      expected,
    );
  });

  it.each([["n/a"], [-5], [12.5], ["1,23"], [2_147_483_648], ["99999999999999999999"]])("%j is rejected", (given) => {
    const { geography, rejects } = build(...BUKIDNON, ["1001301001", "Balintad", "Bgy", given]);
    expect(geography.barangays).toEqual([]);
    expect(rejects).toMatchObject([{ row: 5, column: "2020 Population", code: "1001301001", value: String(given) }]);
  });

  it("a name longer than any place has is rejected, with the beginning of it", () => {
    const { geography, rejects } = build(...BUKIDNON, ["1001301001", "x".repeat(1_000_000), "Bgy", 5]);
    expect(geography.barangays).toEqual([]);
    expect(rejects).toMatchObject([{ row: 5, column: "Name", value: "x".repeat(100) }]);
  });

  it("are not required at other levels", () => {
    expect(build(["1000000000", "Region X", "Reg", "5 million"]).rejects).toEqual([]);
  });
});

describe("units in place of a province", () => {
  it("a highly urbanized city is a province-level unit and a municipality, both with its code", () => {
    const { geography, rejects } = build(
      ["1100000000", "Region XI", "Reg"],
      ["1130700000", "City of Davao", "City"],
      ["1130700001", "Acacia", "Bgy"],
    );
    expect(rejects).toEqual([]);
    expect(geography.provinces).toEqual([
      { code: "1130700000", name: "City of Davao", kind: "independent_city", regionCode: "1100000000" },
    ]);
    expect(geography.municipalities).toEqual([
      { code: "1130700000", name: "City of Davao", kind: "city", provinceCode: "1130700000" },
    ]);
    expect(geography.barangays[0]?.municipalityCode).toBe("1130700000");
  });

  it("Manila's barangays are in its sub-municipalities", () => {
    const { geography } = build(
      ["1300000000", "NCR", "Reg"],
      ["1380600000", "City of Manila", "City"],
      ["1380601000", "Tondo I/II", "SubMun"],
      ["1380601001", "Barangay 1", "Bgy"],
    );
    expect(geography.provinces).toMatchObject([{ code: "1380600000", kind: "independent_city" }]);
    expect(geography.municipalities).toEqual([
      { code: "1380600000", name: "City of Manila", kind: "city", provinceCode: "1380600000" },
      { code: "1380601000", name: "Tondo I/II", kind: "sub_municipality", provinceCode: "1380600000" },
    ]);
    expect(geography.barangays[0]?.municipalityCode).toBe("1380601000");
  });

  it("the City of Isabela has a row without a level above it", () => {
    const { geography, warnings } = build(
      ["0900000000", "Region IX", "Reg"],
      ["0990100000", "City of Isabela (Not a Province)", null],
      ["0990101000", "City of Isabela", "City"],
    );
    expect(warnings).toEqual([]);
    expect(geography.provinces).toEqual([
      {
        code: "0990100000",
        name: "City of Isabela (Not a Province)",
        kind: "independent_city",
        regionCode: "0900000000",
      },
    ]);
    expect(geography.municipalities).toMatchObject([{ code: "0990101000", kind: "city", provinceCode: "0990100000" }]);
  });

  it("the Special Geographic Area too, with municipalities", () => {
    const { geography, warnings } = build(
      [1900000000, "BARMM", "Reg"],
      [1999900000, "Special Geographic Area", null, 215433],
      [1999901000, "Kapalawan", "Mun"],
      [1999901001, "Kib-Ayao", "Bgy"],
    );
    expect(warnings).toEqual([]);
    expect(geography.provinces).toMatchObject([{ code: "1999900000", kind: "special_area" }]);
    expect(geography.municipalities).toMatchObject([
      { code: "1999901000", kind: "municipality", provinceCode: "1999900000" },
    ]);
    expect(geography.barangays).toMatchObject([{ code: "1999901001", municipalityCode: "1999901000" }]);
  });

  it("Pateros has no row in place of a province: one is created from its municipality", () => {
    const { geography, rejects } = build(
      ["1300000000", "NCR", "Reg"],
      ["1381701000", "Pateros", "Mun"],
      ["1381701001", "Aguho", "Bgy"],
    );
    expect(rejects).toEqual([]);
    expect(geography.provinces).toEqual([
      { code: "1381700000", name: "Pateros", kind: "independent_city", regionCode: "1300000000" },
    ]);
    expect(geography.municipalities).toMatchObject([
      { code: "1381701000", kind: "municipality", provinceCode: "1381700000" },
    ]);
  });

  it("a row without a level and with nothing beneath it is omitted, with a warning", () => {
    const { geography, warnings } = build(
      ["1300000000", "NCR", "Reg"],
      ["1339000000", "NCR, First District (Not a Province)", "Dist"],
    );
    expect(geography.provinces).toEqual([]);
    expect(warnings).toMatchObject([{ row: 3, code: "1339000000" }]);
  });
});

describe("units whose parent is missing are rejected", () => {
  it("a barangay without its municipality", () => {
    const { rejects } = build(...BUKIDNON, ["1001302001", "Sampagar", "Bgy"]);
    expect(rejects).toEqual([
      {
        row: 5,
        column: "10-digit PSGC",
        code: "1001302001",
        value: "1001302001",
        message: "its municipality 1001302000 is not in the file: add the row of the municipality, or fix the code",
      },
    ]);
  });

  it("a barangay of Manila outside the existing sub-municipalities", () => {
    const { rejects } = build(
      ["1300000000", "NCR", "Reg"],
      ["1380600000", "City of Manila", "City"],
      ["1380602001", "Barangay 287", "Bgy"],
    );
    expect(rejects).toMatchObject([{ row: 4, code: "1380602001" }]);
  });

  it("a municipality without its province, and its barangays with it", () => {
    const { geography, rejects } = build(
      ["1000000000", "Region X", "Reg"],
      ["1001301000", "Baungon", "Mun"],
      ["1001301001", "Balintad", "Bgy"],
    );
    expect([geography.provinces, geography.municipalities, geography.barangays]).toEqual([[], [], []]);
    expect(rejects.map(({ row, message }) => [row, message])).toEqual([
      [3, "its province 1001300000 is not in the file: add the row of the province, or fix the code"],
      [4, "its municipality 1001301000 is not in the file: add the row of the municipality, or fix the code"],
    ]);
  });

  it("a province without its region, once", () => {
    const { rejects } = build(
      ["1001300000", "Bukidnon", "Prov"],
      ["1381701000", "Pateros", "Mun"],
      ["1130700000", "City of Davao", "City"],
    );
    expect(rejects.map(({ row, message }) => [row, message])).toEqual([
      [2, "its region 1000000000 is not in the file: add the row of the region, or fix the code"],
      [3, "its region 1300000000 is not in the file: add the row of the region, or fix the code"],
      [4, "its region 1100000000 is not in the file: add the row of the region, or fix the code"],
    ]);
  });
});

it("blank rows are ignored", () => {
  expect(build([null, " ", ""], ["", null, null]).rejects).toEqual([]);
});
