import { describe, expect, it } from "vitest";
import { EmptyRows } from "../../src/files/empty-rows.ts";
import { parseCsv } from "../../src/files/text/csv-reader.ts";
import { parseNdjson } from "../../src/files/text/ndjson-reader.ts";

const SHEET = 1_048_576;

async function* pieces(piece: string, times: number): AsyncGenerator<string> {
  for (let index = 0; index < times; index += 1) yield piece;
}

/** Reads all batches. Returns the number of rows. */
async function drain(batches: AsyncIterable<unknown[]>): Promise<number> {
  let rows = 0;
  for await (const batch of batches) rows += batch.length;
  return rows;
}

describe("rows that hold nothing", () => {
  const many = 2 ** 16;

  it.each([
    ["delimiters", ",\n"],
    ["nothing", "\n"],
  ])("of %s may be as many as a sheet has, and no more", async (_, line) => {
    const csv = (times: number) => drain(parseCsv("list.csv", pieces(line.repeat(many), times), ","));
    expect(await csv(SHEET / many)).toBe(0);
    await expect(csv(SHEET / many + 1)).rejects.toMatchObject({
      code: "INPUT_INVALID",
      message: "list.csv has more than 1,048,576 rows without a value",
      hint: expect.stringContaining("Delete the empty rows"),
    });
  });

  it("are bounded in NDJSON as well", async () => {
    const lines = (times: number) => drain(parseNdjson("list.ndjson", pieces("\n".repeat(many), times), []));
    expect(await lines(SHEET / many)).toBe(0);
    await expect(lines(SHEET / many + 1)).rejects.toThrow("list.ndjson has more than 1,048,576 rows without a value");
  });

  it("are bounded in cells, too", async () => {
    const empty = new EmptyRows("list.xlsx, sheet List");
    empty.addCells(4 * SHEET);
    expect(() => empty.addCells(1)).toThrow("list.xlsx, sheet List has more than 4,194,304 cells without a value");
    const wide = drain(parseCsv("list.csv", pieces(`${",".repeat(1023)}\n`, 4 * 1024 + 1), ","));
    await expect(wide).rejects.toThrow("list.csv has more than 4,194,304 cells without a value");
  });
});
