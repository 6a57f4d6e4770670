import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/errors.ts";
import { fileAt } from "../../../src/files/open-file.ts";
import type { SheetRow } from "../../../src/files/workbook/spreadsheet-cell.ts";
import { readXlsxRows, readXlsxSheetNames, type XlsxRowsOptions } from "../../../src/files/xlsx/xlsx-reader.ts";
import { makeXlsx, type TestCell, type TestSheet, writeXlsx, type XlsxTestOptions } from "../../helpers/make-xlsx.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

async function readAll(path: string, options?: XlsxRowsOptions): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of readXlsxRows(fileAt(path), options)) rows.push(row);
  return rows;
}

async function readSheet(sheet: Omit<TestSheet, "name">, options?: XlsxTestOptions): Promise<SheetRow[]> {
  const path = join(temporaryFolder(), "book.xlsx");
  writeXlsx(path, [{ name: "Data", ...sheet }], options);
  return readAll(path);
}

async function readCell(cell: TestCell, options?: XlsxTestOptions) {
  return (await readSheet({ rows: [[cell]] }, options))[0]?.cells[0];
}

describe("cells", () => {
  it.each<[string, TestCell, unknown]>([
    ["text stays text, even if it looks like a number", "0102801001", "0102801001"],
    ["text keeps its blanks and line breaks", " 10-digit\nPSGC ", " 10-digit\nPSGC "],
    ["a number is a number", 1_731_500_000, 1_731_500_000],
    ["a fraction", 12.5, 12.5],
    ["a truth value", true, true],
    ["text written in the cell", { inline: "Doña Maxima & <co>" }, "Doña Maxima & <co>"],
    ["rich text is its runs joined", { rich: ["City of ", "Isabela"] }, "City of Isabela"],
    ["readings of Japanese names are not text", { rich: ["東京"], reading: "とうきょう" }, "東京"],
    ["a formula is its stored number", { formula: "SUM(A2:A3)", value: 723_758 }, 723_758],
    ["a formula is its stored text", { formula: '"a"&"b"', value: "ab" }, "ab"],
    [
      "a formula whose value is not stored is an error, not a blank",
      { formula: "1+1" },
      { kind: "error", text: "(formula without a stored value)" },
    ],
    ["a formula whose text is empty is a blank", { formula: 'IF(A2>0,A2,"")', value: "" }, undefined],
    ["an error", { error: "#REF!" }, { kind: "error", text: "#REF!" }],
    ["a date is distinguished from a number", { date: 45_870 }, { kind: "date", serial: 45_870, iso: "2025-08-01" }],
    ["a date with a time", { date: 45_870.5 }, { kind: "date", serial: 45_870.5, iso: "2025-08-01T12:00:00" }],
    [
      "a date format of the workbook's own",
      { numberFormat: "[$-409]d mmm yyyy;@", value: 1 },
      { kind: "date", serial: 1, iso: "1899-12-31" },
    ],
    ["elapsed hours", { numberFormat: "[h]", value: 1.5 }, { kind: "date", serial: 1.5, iso: "1899-12-31T12:00:00" }],
    ["thousands marks are a number", { numberFormat: "#,##0_);[Red]\\(#,##0\\)", value: 1234 }, 1234],
    ["letters in quotes make no date", { numberFormat: '0 "households"', value: 98 }, 98],
    ["a percentage is told from a number", { numberFormat: "0%", value: 1 }, { kind: "percentage", share: 1 }],
    [
      "also with decimals and a colour for what is negative",
      { numberFormat: "0.00\\ %;[Red]-0.00\\ %", value: 0.07 },
      { kind: "percentage", share: 0.07 },
    ],
    ["a percent sign that stands for itself is none", { numberFormat: '0 "%"', value: 7 }, 7],
    ["nor is one after a backslash", { numberFormat: "0\\%", value: 7 }, 7],
    ["General is no date", { numberFormat: "General", value: 7 }, 7],
    ["escaped control characters", "a_x000D_b_x005F_x000D_", "a\rb_x000D_"],
  ])("%s", async (_, cell, expected) => {
    expect(await readCell(cell)).toEqual(expected);
  });

  it("dates of old Macintosh workbooks start in 1904", async () => {
    expect(await readCell({ date: 1 }, { epoch1904: true })).toEqual({ kind: "date", serial: 1, iso: "1904-01-02" });
  });

  it("are in their columns, and missing ones are null", async () => {
    const cells: TestCell[] = Array.from({ length: 28 }, () => null);
    cells[27] = "AB";
    const [row] = await readSheet({ rows: [cells] });
    expect(row?.cells).toHaveLength(28);
    expect(row?.cells[26]).toBeNull();
    expect(row?.cells[27]).toBe("AB");
  });
});

describe("rows", () => {
  it("keep the spreadsheet's row numbers if other rows are missing or empty", async () => {
    const rows = await readSheet({ rows: [["head"], null, [null, null], ["row 4"]] });
    expect(rows).toEqual([
      { row: 1, cells: ["head"], hidden: false },
      { row: 4, cells: ["row 4"], hidden: false },
    ]);
  });

  it("report whether they are hidden", async () => {
    const rows = await readSheet({ rows: [["a"], ["b"]], hiddenRows: [2] });
    expect(rows.map(({ hidden }) => hidden)).toEqual([false, true]);
  });

  it("are read with any prefix of the elements", async () => {
    const rows = await readSheet({ rows: [["a", 1, { inline: "b" }]] }, { prefix: "x:" });
    expect(rows).toEqual([{ row: 1, cells: ["a", 1, "b"], hidden: false }]);
  });

  it("can be read from a sheet that has none", async () => {
    expect(await readSheet({ rows: [] })).toEqual([]);
  });
});

describe("cells merged over several rows", () => {
  const merged = (column: number, reference: string, firstRow: number, lastRow: number, text: string) => ({
    column,
    reference,
    firstRow,
    lastRow,
    text,
  });

  it("are reported with every row that they cover, and with no other row", async () => {
    const rows = await readSheet({
      rows: [
        ["head", "h2"],
        ["Bukidnon", "a", 7],
        [null, "b"],
        ["hidden", "c"],
        [null, "d"],
        [null, "e", 8],
      ],
      merges: ["A2:A4", "C2:C3", "B6:C6", "D2:D5"],
    });
    const province = merged(0, "A2", 2, 4, "Bukidnon");
    const figure = merged(2, "C2", 2, 3, "7");
    expect(rows.map((row) => [row.row, row.merged])).toEqual([
      [1, undefined],
      [2, [province, figure]],
      [3, [province, figure]],
      [4, [province]],
      [5, undefined],
      [6, undefined],
    ]);
  });

  it("are reported in order, whatever the order of the list and the prefix of the elements", async () => {
    const content = { rows: [["x"], [null, 1], ["y", 2], [null, 3]] as TestCell[][], merges: ["A3:B4", "A1:A2"] };
    for (const prefix of ["", "x:"]) {
      const rows = await readSheet(content, { prefix });
      expect(rows.map((row) => row.merged?.map(({ text }) => text))).toEqual([["x"], ["x"], ["y"], ["y"]]);
    }
  });

  it("are found if the list arrives in pieces, after many rows", async () => {
    const blocks = Array.from({ length: 5000 }, (_, at) => at);
    const rows = await readSheet({
      rows: blocks.flatMap((at) => [
        [`municipality ${at}`, at],
        [null, at],
      ]),
      merges: blocks.map((at) => `A${at * 2 + 1}:A${at * 2 + 2}`),
    });
    expect(rows.map((row) => row.merged?.[0]?.text)).toEqual(
      blocks.flatMap((at) => [`municipality ${at}`, `municipality ${at}`]),
    );
  });

  it("are refused above 200,000", async () => {
    const merges = Array.from({ length: 200_001 }, (_, at) => `A${at * 2 + 1}:A${at * 2 + 2}`);
    await expect(readSheet({ rows: [["a"]], merges })).rejects.toMatchObject({
      code: "INPUT_INVALID",
      message: expect.stringMatching(/more than 200,000 cells are merged over several rows/),
    });
  });
});

describe("sheets", () => {
  const write = (): string => {
    const path = join(temporaryFolder(), "book.xlsx");
    writeXlsx(path, [
      { name: "Old & hidden", rows: [["hidden"]], hidden: true },
      { name: "First", rows: [["first"]] },
      { name: "Second", rows: [["second"]] },
    ]);
    return path;
  };

  it("are listed in the workbook's order", async () => {
    expect(await readXlsxSheetNames(fileAt(write()))).toEqual(["Old & hidden", "First", "Second"]);
  });

  it("default to the first sheet that is not hidden", async () => {
    expect((await readAll(write()))[0]?.cells).toEqual(["first"]);
  });

  it("are selected by name, including hidden ones", async () => {
    expect((await readAll(write(), { sheet: "Second" }))[0]?.cells).toEqual(["second"]);
    expect((await readAll(write(), { sheet: "Old & hidden" }))[0]?.cells).toEqual(["hidden"]);
  });

  it("that do not exist are an error that lists the others", async () => {
    const path = write();
    await expect(readAll(path, { sheet: "Third" })).rejects.toMatchObject({
      message: `${path} has no sheet "Third"`,
      hint: 'Its sheets are: "Old & hidden" (hidden), "First", "Second".',
    });
  });
});

describe("a file that is not a workbook", () => {
  const HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>';
  const withSheetXml = (xml: string) =>
    makeXlsx([{ name: "Data", rows: [["good"]] }], { extraParts: { "xl/worksheets/sheet1.xml": xml } });
  const damaged = (() => {
    const bytes = makeXlsx([{ name: "Data", rows: Array.from({ length: 500 }, (_, index) => [`text ${index}`]) }]);
    bytes.fill(0x55, 900, 1500);
    return bytes;
  })();

  it.each<[string, Uint8Array, string]>([
    ["text", strToU8("barangay_code,households\n"), "is not a workbook"],
    ["nothing", new Uint8Array(), "is not a workbook"],
    ["half a workbook", makeXlsx([{ name: "Data", rows: [["a"]] }]).slice(0, 900), "is not a workbook"],
    ["another zip file", zipSync({ "word/document.xml": strToU8("<w/>") }), "is a zip file but not an .xlsx workbook"],
    ["a workbook with scrambled bytes", damaged, "damaged"],
    ["XML that does not end", withSheetXml(`${HEAD}<row r="1">`), "damaged"],
    [
      "a document type, as in entity bombs",
      withSheetXml(`<!DOCTYPE a [<!ENTITY b "b">]>${HEAD}</sheetData></worksheet>`),
      "document type",
    ],
    [
      "a shared string that does not exist",
      withSheetXml(`${HEAD}<row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData></worksheet>`),
      "a shared string that does not exist",
    ],
    [
      "a column past any that a list has",
      withSheetXml(`${HEAD}<row r="1"><c r="BXY1"><v>7</v></c></row></sheetData></worksheet>`),
      "2,001 columns exceed the limit of 2,000",
    ],
    [
      "a cell without a column",
      withSheetXml(`${HEAD}<row r="1"><c r="11"><v>7</v></c></row></sheetData></worksheet>`),
      'a cell without a column: "11"',
    ],
    ...["NaN", "0", "-1", "1.5"].map((row): [string, Uint8Array, string] => [
      `a row of the number ${row}`,
      withSheetXml(`${HEAD}<row r="${row}"><c r="A1"><v>7</v></c></row></sheetData></worksheet>`),
      `row ${row} is after row 0`,
    ]),
    [
      "more empty rows than a sheet has",
      withSheetXml(`${HEAD}${"<row/>".repeat(1_048_577)}</sheetData></worksheet>`),
      "more than 1,048,576 rows",
    ],
    [
      "a target that is no path",
      makeXlsx([{ name: "Data", rows: [["good"]] }], {
        extraParts: {
          "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="/worksheet" Target="http://["/></Relationships>`,
        },
      }),
      "is missing",
    ],
    [
      "a text without an end",
      withSheetXml(`${HEAD}<row r="1"><c r="A1" t="inlineStr"><is><t>${"a".repeat(6_000_000)}`),
      "a tag or text in it is too long",
    ],
  ])("%s is refused", async (_, bytes, message) => {
    const path = join(temporaryFolder(), "book.xlsx");
    writeFileSync(path, bytes);
    const reading = readAll(path);
    await expect(reading).rejects.toBeInstanceOf(InputError);
    await expect(reading).rejects.toMatchObject({ message: expect.stringContaining(path) });
    await expect(reading).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });

  it("a missing file, a folder and a device are refused by name", async () => {
    const folder = temporaryFolder();
    const missing = join(folder, "none.xlsx");
    mkdirSync(join(folder, "folder.xlsx"));
    await expect(readAll(missing)).rejects.toMatchObject({ message: `there is no file ${missing}` });
    await expect(readAll(join(folder, "folder.xlsx"))).rejects.toMatchObject({
      message: expect.stringContaining("is a folder"),
    });
    await expect(readAll("/dev/zero")).rejects.toMatchObject({ message: "/dev/zero is not a file" });
  });

  it("a zip bomb is refused before it is unpacked", async () => {
    const path = join(temporaryFolder(), "bomb.xlsx");
    const bomb = new Uint8Array(60 * 1024 ** 2).fill(0x20);
    const parts = unzipSync(makeXlsx([{ name: "Data", rows: [["a"]] }]));
    writeFileSync(path, zipSync({ ...parts, "xl/worksheets/sheet1.xml": bomb }));
    await expect(readAll(path)).rejects.toMatchObject({
      code: "INPUT_INVALID",
      message: expect.stringMatching(/sheet1\.xml expands to 60 MB, \d+ times its compressed size$/),
    });
  });

  it("a zip bomb that lies about its size is refused while it unpacks", async () => {
    const path = join(temporaryFolder(), "liar.xlsx");
    const bytes = makeXlsx([{ name: "Data", rows: Array.from({ length: 2000 }, () => ["same"]) }]);
    understateSizes(bytes);
    writeFileSync(path, bytes);
    await expect(readAll(path)).rejects.toMatchObject({
      code: "INPUT_INVALID",
      message: expect.stringContaining("damaged"),
    });
  });
});

/** Sets every part's unpacked size to 100 bytes in the central directory, which starts each entry with PK 1 2. */
function understateSizes(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= bytes.length; at++) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 100, true);
  }
}
