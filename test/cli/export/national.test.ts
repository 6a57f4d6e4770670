/** Every figure of the country, in a csv, equals plain SQL. The figures are made up from the number of the barangay. */
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { FIELDS } from "../../../src/core/fields.ts";
import { useDatabase } from "../../helpers/databases.ts";

describe("the export of the whole country", () => {
  const database = useDatabase("sqlite");

  it("has every community with its figures", async () => {
    const figures = FIELDS.map((_, at) => `case when id % ${at + 7} = 0 then null else (id * ${at + 3}) % 1009 end`);
    await database.rows(
      `insert into obc_communities (barangay_id, ${FIELDS.join(", ")}) select id, ${figures.join(", ")} from barangays`,
    );
    const { stdout } = await database.obcSync(["export", "communities", "--fields", FIELDS.join(",")]);
    const [header = [], ...rows] = Papa.parse<string[]>(stdout, { skipEmptyLines: true }).data;
    expect(header.slice(-FIELDS.length)).toEqual(FIELDS);
    const stored = await database.rows<Record<string, unknown>>(
      `select b.code, ${FIELDS.map((field) => `c.${field}`).join(", ")} from obc_communities c
         join barangays b on b.id = c.barangay_id order by b.code`,
    );
    expect(rows.length).toBe(stored.length);
    const codeAt = header.indexOf("barangay_code");
    const differing = stored.filter((row, index) => {
      const cells = rows[index] ?? [];
      return [cells[codeAt], ...cells.slice(-FIELDS.length)].join() !== Object.values(row).join();
    });
    expect(differing).toEqual([]);
  });
});
