import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/errors.ts";
import { buildGeographyTree } from "../../../src/core/geography/geography-tree.ts";
import { readPsgcDatafile } from "../../../src/files/geography/psgc-datafile.ts";
import { fileAt } from "../../../src/files/open-file.ts";
import { type TestCell, writeXlsx } from "../../helpers/make-xlsx.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

/** PSA's headings of July 2025, with their line breaks, and a few of PSA's rows, with every peculiarity of the file. */
const HEADINGS = [
  "10-digit PSGC",
  "Name",
  "Correspondence Code",
  "Geographic Level",
  "Old names",
  "City Class",
  "Income\nClassification (DOF DO No. 074.2024)",
  "Urban / Rural\n(based on 2020 CPH)",
  " 2020\nPopulation ",
  null,
  "Status",
];

/** Code, name, level, population; the other columns have values that must not be mistaken for these. */
function line(code: TestCell, name: TestCell, level: TestCell, population: TestCell): TestCell[] {
  return [code, name, 137_501_000, level, "Old name", "HUC", "1st", "U", population, "45/", "Pob."];
}

const ROWS: TestCell[][] = [
  line("1300000000", "National Capital Region (NCR)", "Reg", 13_484_462),
  line("1380600000", "City of Manila", "City", 1_846_513), // no province row, and no barangays of its own
  line("1380601000", "Tondo I/II", "SubMun", 654_220),
  line("1380601001", "Barangay 1", "Bgy", 2319),
  line("1381701000", "Pateros", "Mun", 65_227), // nothing at 1381700000
  line("1381701001", "Aguho ", "Bgy", { numberFormat: "#,##0", value: 6947 }),
  line("0900000000", "Region IX (Zamboanga Peninsula)", "Reg", 3_875_576),
  line("0990100000", "City of Isabela (Not a Province)", null, null), // no level
  line("0990101000", "City of Isabela", "City", 130_379),
  line(990_101_002, { rich: ["Agu", "ada "] }, "Bgy", "-"), // a number that lost its zero
  line("1900000000", "Bangsamoro Autonomous Region In Muslim Mindanao (BARMM)", "Reg", 4_404_288),
  line(1_908_800_000, "Maguindanao del Sur", "Prov", { formula: "I15+I16", value: 723_758 }),
  line("1908801000", "Ampatuan ", "Mun", null),
  line("1908801001", "Dicalongan\u00a0", "Bgy", { formula: "1000+234", value: 1234 }),
  line(1_999_900_000, "Special Geographic Area", null, 215_433),
  line(1_999_901_000, "Kapalawan", "Mun", 28_463),
  line(1_999_901_001, "Kib-Ayao", "Bgy", "1,234"),
  line("1999901002", "Kitulaan", "Bgy", null),
];

const REGIONS = [
  { code: "0900000000", name: "Region IX (Zamboanga Peninsula)" },
  { code: "1300000000", name: "National Capital Region (NCR)" },
  { code: "1900000000", name: "Bangsamoro Autonomous Region In Muslim Mindanao (BARMM)" },
];
const EXPECTED = {
  regions: REGIONS,
  provinces: [
    {
      code: "0990100000",
      name: "City of Isabela (Not a Province)",
      kind: "independent_city",
      regionCode: "0900000000",
    },
    { code: "1380600000", name: "City of Manila", kind: "independent_city", regionCode: "1300000000" },
    { code: "1381700000", name: "Pateros", kind: "independent_city", regionCode: "1300000000" },
    { code: "1908800000", name: "Maguindanao del Sur", kind: "province", regionCode: "1900000000" },
    { code: "1999900000", name: "Special Geographic Area", kind: "special_area", regionCode: "1900000000" },
  ],
  municipalities: [
    { code: "0990101000", name: "City of Isabela", kind: "city", provinceCode: "0990100000" },
    { code: "1380600000", name: "City of Manila", kind: "city", provinceCode: "1380600000" },
    { code: "1380601000", name: "Tondo I/II", kind: "sub_municipality", provinceCode: "1380600000" },
    { code: "1381701000", name: "Pateros", kind: "municipality", provinceCode: "1381700000" },
    { code: "1908801000", name: "Ampatuan", kind: "municipality", provinceCode: "1908800000" },
    { code: "1999901000", name: "Kapalawan", kind: "municipality", provinceCode: "1999900000" },
  ],
  barangays: [
    { code: "0990101002", name: "Aguada", municipalityCode: "0990101000", population: null },
    { code: "1380601001", name: "Barangay 1", municipalityCode: "1380601000", population: 2319 },
    { code: "1381701001", name: "Aguho", municipalityCode: "1381701000", population: 6947 },
    { code: "1908801001", name: "Dicalongan", municipalityCode: "1908801000", population: 1234 },
    { code: "1999901001", name: "Kib-Ayao", municipalityCode: "1999901000", population: 1234 },
    { code: "1999901002", name: "Kitulaan", municipalityCode: "1999901000", population: null },
  ],
  oldNames: [
    ...["0900000000", "0990100000", "0990101000", "0990101002", "1300000000", "1380600000", "1380601000", "1380601001"],
    ...["1381701000", "1381701001", "1900000000", "1908800000", "1908801000", "1908801001", "1999900000", "1999901000"],
    ...["1999901001", "1999901002"],
  ].map((code) => ({ code, name: "Old name" })),
};

const METADATA = { name: "Metadata", rows: [["Title:", "PSGC"], null, ["Publication date:", null, "31 July 2025"]] };

function file(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

function workbook(sheets: Parameters<typeof writeXlsx>[1]): string {
  const path = join(temporaryFolder(), "datafile.xlsx");
  writeXlsx(path, sheets);
  return path;
}

describe("PSA's workbook", () => {
  it("gives the geography despite its peculiarities", async () => {
    const path = workbook([
      METADATA,
      { name: "National Summary", rows: [["a"]] },
      { name: "PSGC", rows: [HEADINGS, ...ROWS] },
    ]);
    const { geography, rejects, warnings } = buildGeographyTree(await readPsgcDatafile(fileAt(path)));
    expect(geography).toEqual({ edition: "PSGC of 31 July 2025", ...EXPECTED });
    expect([rejects, warnings]).toEqual([[], []]);
  });

  it("gives the same if its columns are in another order below a title", async () => {
    const turned = [HEADINGS, ...ROWS].map((cells) => [...cells].reverse());
    const path = workbook([{ name: "PSGC", rows: [["Philippine Standard Geographic Code"], null, ...turned] }]);
    const source = await readPsgcDatafile(fileAt(path));
    const { edition, ...units } = buildGeographyTree(source).geography;
    expect(units).toEqual(EXPECTED);
    expect(edition).toBe("datafile");
    expect([...source.rows][0]?.row).toBe(4);
  });

  it("is found on another sheet if no sheet is named PSGC", async () => {
    const path = workbook([METADATA, { name: "Sheet1", rows: [HEADINGS, ...ROWS] }]);
    const { edition, ...units } = buildGeographyTree(await readPsgcDatafile(fileAt(path))).geography;
    expect(units).toEqual(EXPECTED);
    expect(edition).toBe("PSGC of 31 July 2025");
  });

  it("gives the latest population if it has several", async () => {
    const path = workbook([
      {
        name: "PSGC",
        rows: [
          [
            "10-digit PSGC",
            "Name",
            "Geographic Level",
            "2020 Population",
            "2024 Population\n(POPCEN)",
            "2015 Population",
          ],
          ["1000000000", "Region X", "Reg", 1, 2, 3],
          ["1001300000", "Bukidnon", "Prov", 1, 2, 3],
          ["1001301000", "Baungon", "Mun", 1, 2, 3],
          ["1001301001", "Balintad", "Bgy", 333, 222, 111],
        ],
      },
    ]);
    const source = await readPsgcDatafile(fileAt(path));
    expect(source.columns.population).toBe("2024 Population (POPCEN)");
    expect(buildGeographyTree(source).geography.barangays[0]?.population).toBe(222);
  });

  it("lists rejected units by row, column and value, as the spreadsheet shows them", async () => {
    const bad = line("13806010019", "Barangay 9", "Bgy", 5);
    const path = workbook([{ name: "PSGC", rows: [HEADINGS, ...ROWS, bad] }]);
    expect(buildGeographyTree(await readPsgcDatafile(fileAt(path))).rejects).toMatchObject([
      { row: 20, column: "10-digit PSGC", value: "13806010019" },
    ]);
  });
});

describe("the same as CSV", () => {
  const text = [HEADINGS, ...ROWS.map((cells) => cells.map(shown))]
    .map((cells) => cells.map((cell) => `"${cell ?? ""}"`).join(","))
    .join("\r\n");

  it.each([
    ["with CR LF", text],
    ["with a byte order mark", `\ufeff${text}`],
    ["with both kinds of line breaks", `${text}\n`],
  ])("gives the geography %s", async (_, content) => {
    const { geography, rejects, warnings } = buildGeographyTree(
      await readPsgcDatafile(fileAt(file("PSGC-3Q-2025.csv", content))),
    );
    expect(geography).toEqual({ edition: "PSGC-3Q-2025", ...EXPECTED });
    expect([rejects, warnings]).toEqual([[], []]);
  });

  it("counts a heading with a line break as one row", async () => {
    const source = await readPsgcDatafile(fileAt(file("psgc.csv", text)));
    expect([...source.rows][0]).toMatchObject({ row: 2, code: "1300000000" });
  });

  /** What a spreadsheet program writes for the cell. */
  function shown(cell: TestCell): string | number | boolean | null {
    if (cell === null || typeof cell !== "object") return cell;
    if ("rich" in cell) return cell.rich.join("");
    return "value" in cell ? (cell.value ?? null) : null;
  }
});

describe("a file that is not a datafile", () => {
  it.each<[string, () => string, RegExp]>([
    ["a missing workbook", () => join(temporaryFolder(), "none.xlsx"), /there is no file .*none\.xlsx/],
    ["a missing CSV", () => join(temporaryFolder(), "none.csv"), /there is no file .*none\.csv/],
    ["a folder", () => temporaryFolder(), /is a folder/],
    ["another kind of file", () => file("psgc.pdf", "%PDF"), /is neither \.xlsx nor \.csv/],
    ["text named .xlsx", () => file("psgc.xlsx", "10-digit PSGC,Name"), /is not a workbook/],
    ["an empty CSV", () => file("psgc.csv", ""), /is empty/],
    ["bytes named .csv", () => file("psgc.csv", new Uint8Array([0x50, 0x4b, 0, 0, 1])), /is not a text file/],
    ["a CSV with an open quotation mark", () => file("psgc.csv", 'a,b\n"c,d\n'), /row 2: a quoted cell is not closed/],
    [
      "a CSV of something else",
      () => file("psgc.csv", "barangay_code,name\n1,2\n"),
      /has no column "10-digit PSGC", "Geographic Level", "2020 Population"/,
    ],
    [
      "headings alone",
      () => file("psgc.csv", "10-digit PSGC,Name,Geographic Level,2020 Population\n"),
      /has headings but no rows/,
    ],
    [
      "a sheet without the level",
      () => workbook([{ name: "PSGC", rows: [["10-digit PSGC", "Name", "2020 Population"]] }]),
      /sheet PSGC has no column "Geographic Level"/,
    ],
    [
      "a workbook of something else",
      () => workbook([{ name: "Budget", rows: [["a"]] }]),
      /has no sheet "PSGC", and none of its sheets \(Budget\)/,
    ],
  ])("%s is refused by name", async (_, makePath, message) => {
    const reading = readPsgcDatafile(fileAt(makePath()));
    await expect(reading).rejects.toBeInstanceOf(InputError);
    await expect(reading).rejects.toThrow(message);
  });
});
