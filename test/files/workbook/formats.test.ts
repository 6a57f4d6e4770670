import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/errors.ts";
import { fileAt } from "../../../src/files/open-file.ts";
import { READ_AS_IT_IS, readTable } from "../../../src/files/table-reader.ts";
import type { TableRow } from "../../../src/files/table-row.ts";
import { makeXlsx } from "../../helpers/make-xlsx.ts";
import { projectFolder } from "../../helpers/project.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

const stored = (name: string) => join(projectFolder, "fixtures/workbooks", name);

function inFile(name: string, bytes: Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

async function readAll(path: string, sheet: string | null = null) {
  const table = await readTable(fileAt(path), { ...READ_AS_IT_IS, sheet });
  const rows: TableRow[] = [];
  for await (const batch of table.batches) rows.push(...batch);
  return { source: table.source(), rows };
}

/** A small .ods workbook with this XML as the content of its only sheet. */
function makeOds(rows: string, extra: Record<string, Uint8Array> = {}): Uint8Array {
  const names = ["office", "table", "text"].map(
    (name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
  );
  const content = `<office:document-content ${names.join(" ")}><office:body><office:spreadsheet><table:table table:name="List">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`;
  return zipSync({
    mimetype: strToU8("application/vnd.oasis.opendocument.spreadsheet"),
    "content.xml": strToU8(content),
    ...extra,
  });
}

const odsRow = (cells: string, repeated = 1) =>
  `<table:table-row table:number-rows-repeated="${repeated}">${cells}</table:table-row>`;
const odsText = (text: string, repeated = 1) =>
  `<table:table-cell office:value-type="string" table:number-columns-repeated="${repeated}"><text:p>${text}</text:p></table:table-cell>`;

describe("a workbook stored by LibreOffice in three formats", () => {
  it.each(["Survey 2025", "Faults"])("has the same cells in each: %s", async (sheet) => {
    const { rows } = await readAll(stored("survey.xlsx"), sheet);
    for (const format of ["ods", "xls"]) {
      const read = await readAll(stored(`survey.${format}`), sheet);
      expect(read.rows, format).toEqual(rows);
      expect(read.source).toMatchObject({ format, sheet });
    }
  });

  it("has the cells that its author entered", async () => {
    const { rows } = await readAll(stored("survey.ods"));
    expect(rows.map(({ row }) => row)).toEqual([1, 3, 4, 5, 6, 7, 10, 11, 12]);
    expect(rows[2]).toMatchObject({
      cells: ["Bukidnon", "Baungon", "Balintad", "1001301001", "1250", "250", "620", "40", "Peña's  list"],
      merged: [
        { column: 0, reference: "A4", lastRow: 7, text: "Bukidnon" },
        { column: 1, reference: "B4", lastRow: 7, text: "Baungon" },
      ],
    });
    const faults = await readAll(stored("survey.xls"), "faults");
    expect(faults.rows.slice(1).map(({ cells }) => cells[1])).toEqual([
      ...["2025-08-01", "100%", "#DIV/0!", "true", "12.5", "1899-12-31T12:00:00", "-3", "#N/A", "2025-08-01T12:00:00"],
      "7%",
    ]);
  });

  it.each(["ods", "xls", "xlsx"])(
    "is read at its first visible sheet, and a sheet is found in any case: %s",
    async (format) => {
      const sheets = [
        { name: "Notes", hidden: true },
        { name: "Survey 2025", hidden: false },
        { name: "Faults", hidden: false },
      ];
      expect((await readAll(stored(`survey.${format}`))).source).toMatchObject({ sheet: "Survey 2025", sheets });
      expect((await readAll(stored(`survey.${format}`), " NOTES")).source).toMatchObject({ sheet: "Notes" });
      await expect(readAll(stored(`survey.${format}`), "Survey")).rejects.toMatchObject({
        hint: 'Its sheets are: "Notes" (hidden), "Survey 2025", "Faults".',
      });
    },
  );
});

it("an .xls file is parsed once for all of its sheets", async () => {
  const path = inFile("list.xls", readFileSync(stored("survey.xls")));
  const file = fileAt(path);
  const read = async (sheet: string) => {
    const { batches } = await readTable(file, { ...READ_AS_IT_IS, sheet });
    return (await batches.next()).value as TableRow[];
  };
  const rows = await read("Survey 2025");
  writeFileSync(path, readFileSync(path).fill(0, 512));
  expect(await read("Survey 2025")).toEqual(rows);
  expect(await read("Faults")).toEqual((await readAll(stored("survey.xls"), "Faults")).rows);
  await expect(readAll(path)).rejects.toThrow(/is damaged/);
});

it("two sheets whose names differ only in case must be named exactly", async () => {
  const path = inFile("list.xlsx", makeXlsx(["List", "LIST"].map((name) => ({ name, rows: [[name]] }))));
  expect((await readAll(path, "LIST")).rows).toMatchObject([{ cells: ["LIST"] }]);
  await expect(readAll(path, "list")).rejects.toMatchObject({
    message: expect.stringContaining("differ only in case"),
  });
});

describe("cells of .ods that other programs write", () => {
  const cell = (attributes: string, content = "") => `<table:table-cell ${attributes}>${content}</table:table-cell>`;
  it.each([
    ["several blanks are one", odsText("\n a  b\n"), "a b "],
    ["more are elements", odsText('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d'), "a   b\tc\nd"],
    ["styled text and links", odsText("<text:span>a</text:span> <text:a>b</text:a>"), "a b"],
    [
      "a comment is not text",
      cell(
        'office:value-type="string"',
        "<office:annotation><text:p>no</text:p></office:annotation><text:p>yes</text:p>",
      ),
      "yes",
    ],
    ["an amount of money", cell('office:value-type="currency" office:value="1250"', "<text:p>₱1,250</text:p>"), "1250"],
    [
      "a failed formula that is stored as 0",
      cell('table:formula="of:=1/0" office:value-type="float" office:value="0"', "<text:p>Err:502</text:p>"),
      "Err:502",
    ],
    ["a formula without a result", cell('table:formula="of:=A2"'), "(formula without a stored value)"],
    ["the digits that arithmetic adds", cell('office:value-type="float" office:value="3.0000000000000004"'), "3"],
    ["a number that is none", cell('office:value-type="float" office:value="x"'), "x"],
  ])("%s", async (_, xml, expected) => {
    const { rows } = await readAll(inFile("list.ods", makeOds(odsRow(xml))));
    expect(rows[0]?.cells).toEqual([expected]);
  });

  it("a formula whose text is empty is a blank", async () => {
    const formula = cell('table:formula="of:=IF([.A2]&gt;0;[.A2];&quot;&quot;)"', "<text:p/>");
    const { rows } = await readAll(inFile("list.ods", makeOds(odsRow(odsText("a") + formula + odsText("b")))));
    expect(rows[0]?.cells).toEqual(["a", "", "b"]);
  });

  it("a row and a cell that stand for several are read as several", async () => {
    const xml =
      odsRow("", 3) + odsRow(odsText("a", 2) + odsText("b"), 2) + odsRow("", 1_000_000) + odsRow(odsText("c"));
    const { rows } = await readAll(inFile("list.ods", makeOds(xml)));
    expect(rows).toMatchObject([
      { row: 4, cells: ["a", "a", "b"] },
      { row: 5, cells: ["a", "a", "b"] },
      { row: 1_000_006, cells: ["c"] },
    ]);
  });
});

describe("a workbook that cannot be read is refused with its name and what to do", () => {
  const blanks = new Uint8Array(60 * 1024 ** 2).fill(0x20);
  const compound = (text: string) =>
    Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(1016), Buffer.from(text, "utf16le")]);
  const xls = () => readFileSync(stored("survey.xls"));
  it.each<[string, string, () => Uint8Array, RegExp]>([
    ["an .ods with a password", "list.ods", () => readFileSync(stored("password.ods")), /is protected by a password$/],
    ["an .xls with a password", "list.xls", () => readFileSync(stored("password.xls")), /is protected by a password$/],
    ["an .xlsx with a password", "list.xlsx", () => compound("EncryptedPackage"), /is protected by a password$/],
    ["a compound file of another program", "list.xls", () => compound("WordDocument"), /is damaged, or is not an .xls/],
    ["half an .xls", "list.xls", () => xls().subarray(0, xls().length / 2), /is damaged, or is not an .xls/],
    [
      "an .xls with damaged records",
      "list.xls",
      () => xls().fill(0xff, 0xc46, 0xc4a),
      /\(its content is inconsistent\)$/,
    ],
    ["half an .ods", "list.ods", () => readFileSync(stored("survey.ods")).subarray(0, 4000), /is not a workbook/],
    [
      "a large .xls",
      "list.xls",
      () => Buffer.concat([xls(), Buffer.alloc(8 * 1024 ** 2)]),
      /is too large to read safely/,
    ],
    ["a page with the name of a workbook", "list.xls", () => strToU8("<html><table>"), /is not a workbook/],
    ["a binary workbook", "list.xlsb", () => zipSync({ "xl/workbook.bin": strToU8("") }), /is a binary workbook/],
    ["a letter", "list.odt", () => makeOds("", { "content.xml": strToU8("<office:text/>") }), /without sheets/],
    ["an .ods whose sheet ends early", "list.ods", () => makeOds("<table:table-row>"), /is damaged/],
    ["a zip bomb", "list.ods", () => makeOds("", { "content.xml": blanks }), /content\.xml expands to 60 MB/],
    ["a million equal rows", "list.ods", () => makeOds(odsRow(odsText("1", 100), 1_000_000)), /rows that repeat/],
    ["a thousand million equal rows", "list.ods", () => makeOds(odsRow(odsText("1"), 1e9)), /more than 1,048,576 rows/],
    ["a million equal cells", "list.ods", () => makeOds(odsRow(odsText("1", 1_000_000))), /columns exceed the limit/],
  ])("%s", async (_, name, make, message) => {
    const reading = readAll(inFile(name, make()));
    await expect(reading).rejects.toBeInstanceOf(InputError);
    await expect(reading).rejects.toMatchObject({
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/\.$/),
    });
  });
});
