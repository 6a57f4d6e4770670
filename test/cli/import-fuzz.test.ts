import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { useDatabase } from "../helpers/databases.ts";
import { makeXlsx } from "../helpers/make-xlsx.ts";
import { digest } from "../helpers/plain-sql.ts";
import { fixture } from "../helpers/project.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

const good = readFileSync(fixture("communities.csv")).subarray(0, 4000);
const workbook = Buffer.from(
  makeXlsx([
    {
      name: "List",
      rows: [
        ["barangay_code", "households"],
        ["1001301001", 5],
      ],
    },
  ]),
);

/** A file that was right before some of its bytes were replaced, cut out or doubled. */
const mutated = fc
  .record({
    file: fc.constantFrom({ name: "list.csv", bytes: good }, { name: "list.xlsx", bytes: workbook }),
    cuts: fc.array(fc.record({ at: fc.nat(10_000), remove: fc.nat(40), insert: fc.uint8Array({ maxLength: 12 }) }), {
      minLength: 1,
      maxLength: 6,
    }),
  })
  .map(({ file, cuts }) => {
    let bytes = file.bytes;
    for (const { at, remove, insert } of cuts) {
      const start = at % (bytes.length + 1);
      bytes = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
    }
    return { name: file.name, bytes };
  });

/** Text that looks like a table, in any format, with anything in its cells. */
const cell = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom("1001301001", "households", '"', ",", "\n", "-3", "1e9"),
);
const invented = fc
  .record({
    name: fc.constantFrom("list.csv", "list.tsv", "list.ndjson", "list", "list.csv.gz", "list.xlsx"),
    rows: fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 6 }),
  })
  .map(({ name, rows }) => ({
    name,
    bytes: Buffer.from(`barangay_code,households\n${rows.map((cells) => cells.join(",")).join("\n")}`),
  }));

const database = useDatabase("sqlite");

it("whatever the file, it ends with 0, 1 or 3, without a stack trace, and writes all or nothing", async () => {
  const folder = temporaryFolder();
  const untouched = await digest(database);
  await fc.assert(
    fc.asyncProperty(fc.oneof(mutated, invented), async ({ name, bytes }) => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      const { exitCode, stdout, stderr } = await database.obcSync(["import", "communities", path, "--no-sync"]);
      expect([0, 1, 3]).toContain(exitCode);
      expect(stdout + stderr).not.toMatch(/\n\s+at .*:\d+:\d+|This is a defect/);
      if (exitCode !== 0) expect(await digest(database)).toEqual(untouched);
      else await database.reset();
    }),
    { numRuns: 60 },
  );
}, 240_000);
