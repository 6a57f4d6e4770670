import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Delimiter, TableRow } from "../../../src/files/table-row.ts";
import { parseCsv } from "../../../src/files/text/csv-reader.ts";

/** The rows of a text that arrives in pieces of the given length. */
async function parse(text: string, { delimiter = null as Delimiter | null, size = 1000 } = {}): Promise<TableRow[]> {
  async function* pieces() {
    for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
  }
  const rows: TableRow[] = [];
  for await (const batch of parseCsv("list.csv", pieces(), delimiter)) rows.push(...batch);
  return rows;
}

const cellsOf = async (text: string) => (await parse(text)).map(({ cells }) => cells);

describe("CSV", () => {
  it("can have delimiters, quotes and line breaks in quoted cells", async () => {
    expect(await cellsOf('a,"b,c","d ""e""","f\ng"\n')).toEqual([["a", "b,c", 'd "e"', "f\ng"]]);
  });

  it.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])("may end its lines with %s, and its last line with nothing", async (_, ending) => {
    expect(await cellsOf(["a,b", "1,2", "3,4"].join(ending))).toEqual([
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
    ]);
  });

  it("counts blank rows, but does not return them", async () => {
    expect(await parse("a,b\n\n , \n1,2\n")).toEqual([
      { row: 1, cells: ["a", "b"] },
      { row: 4, cells: ["1", "2"] },
    ]);
  });

  it.each([
    ["a;b;c\n1,5;2;3\n", ["a", "b", "c"]],
    ["a\tb\n1,2\t3\n", ["a", "b"]],
    ["a|b\n1|2\n", ["a", "b"]],
    ['"a;b",c\n1,2\n', ["a;b", "c"]],
    ["alone\n1\n", ["alone"]],
  ])("the delimiter of %j is detected", async (text, header) => {
    expect((await cellsOf(text))[0]).toEqual(header);
  });

  it.each(["\n", "\r\n", "\r"])("from a pipe may arrive in pieces, with line ending %j", async (ending) => {
    const rows = await parse(["a;b", "1;2", ""].join(ending), { size: 1 });
    expect(rows.map(({ cells }) => cells)).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });

  it.each([1, 3, 14, 1000])("tells its delimiter from ten lines, in pieces of %i characters", async (size) => {
    const rows = await parse(["code;OBC, HH", ...Array(9).fill("1;7"), ""].join("\n"), { size });
    expect(rows.map(({ cells }) => cells)).toEqual([["code", "OBC, HH"], ...Array(9).fill(["1", "7"])]);
  });

  it("with a quote that is not closed is refused with its row", async () => {
    await expect(parse('a,b\n1,2\n"3,4\n')).rejects.toThrow("list.csv, row 3: a quoted cell is not closed");
  });

  it("returns any cells as they were written, wherever the text is split", async () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "ñ", "1", ",", ";", '"', "\n", " ") });
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 20 }), async (rows, size) => {
        const isBlank = (cells: readonly string[]) => cells.every((text) => text.trim() === "");
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = rows.map((cells) => `${cells.map(quoted).join(",")}\n`).join("");
        const read = await parse(text, { delimiter: ",", size });
        expect(read.map(({ cells }) => cells)).toEqual(rows.filter((cells) => !isBlank(cells)));
      }),
    );
  });
});
