import { describe, expect, it } from "vitest";
import type { TableRow } from "../../../src/files/table-row.ts";
import { parseNdjson } from "../../../src/files/text/ndjson-reader.ts";

/** The rows and keys of a text that arrives in pieces of five characters. */
async function parse(...lines: string[]): Promise<{ keys: string[]; rows: TableRow[] }> {
  const text = lines.join("\n");
  async function* pieces() {
    for (let start = 0; start < text.length; start += 5) yield text.slice(start, start + 5);
  }
  const keys: string[] = [];
  const rows: TableRow[] = [];
  for await (const batch of parseNdjson("list.ndjson", pieces(), keys)) rows.push(...batch);
  return { keys, rows };
}

describe("NDJSON", () => {
  it("has cells in the order in which its keys first occur, and a blank cell for a missing key", async () => {
    expect(await parse('{"a":"x","b":1}', '{"c":null,"b":true}', "")).toEqual({
      keys: ["a", "b", "c"],
      rows: [
        { row: 1, cells: ["x", "1"] },
        { row: 2, cells: ["", "true", ""] },
      ],
    });
  });

  it("counts blank lines, but does not return them", async () => {
    expect((await parse("", '{"a":1}')).rows).toEqual([{ row: 2, cells: ["1"] }]);
  });

  it.each([
    ["{", "not valid JSON"],
    ["[1]", "not a JSON object"],
    ["5", "not a JSON object"],
    ['{"a":[1]}', "a is a list or an object"],
    [`{"a":${"[".repeat(100_000)}1${"]".repeat(100_000)}}`, "a is a list or an object"],
  ])("makes %.20s a row with a problem", async (line, problem) => {
    expect((await parse(line)).rows).toMatchObject([{ row: 1, problem: expect.stringContaining(problem) }]);
  });
});
