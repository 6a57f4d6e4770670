/** Lists with the province and the municipality merged over the rows of their barangays, as people make them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { expect, it } from "vitest";
import { useDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { type TestCell, writeXlsx } from "../../helpers/make-xlsx.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

interface ImportDocument {
  created: number;
  rejects: Array<{ row: number; column: string; value: string; kind: string; message: string }>;
}

const database = useDatabase("sqlite");

const HEADER = ["Province", "Municipality", "Barangay", "HH", "Ethnic Group", "Latitude"];

function workbook(rows: TestCell[][], merges: string[]): string {
  const path = join(temporaryFolder(), "list.xlsx");
  writeXlsx(path, [{ name: "List", rows, merges }]);
  return path;
}

async function importing(path: string, ...flags: string[]) {
  const result = await database.obcSync(["import", "communities", path, "--json", ...flags]);
  return { exitCode: result.exitCode, ...documentOf<ImportDocument>(result) };
}

const stored = () =>
  database.rows(
    `select b.code, c.households, c.primary_ethnolinguistic_group as tribe
       from obc_communities c join barangays b on b.id = c.barangay_id order by b.code`,
  );

it("names and other texts apply to every row that they are merged over, and to no row below", async () => {
  const path = workbook(
    [
      ["Communities of Region X"],
      [...HEADER, "Women"],
      ["Bukidnon", "Baungon", "Balintad", 1, "Maranao"],
      [null, null, "Buenavista", 2, null],
      [null, "Damulog", "Aludas", 3, "Maguindanaon"],
      [null, null, "Angga-an", 4],
      ["Lanao del Norte", "Iligan City", "Abuno", 5],
    ],
    ["A1:G1", "A3:A6", "B3:B4", "B5:B6", "E3:E4"],
  );
  expect(await importing(path)).toMatchObject({ exitCode: 0, created: 5 });
  expect(await stored()).toEqual([
    { code: "1001301001", households: 1, tribe: "Maranao" },
    { code: "1001301002", households: 2, tribe: "Maranao" },
    { code: "1001302001", households: 3, tribe: "Maguindanaon" },
    { code: "1001302002", households: 4, tribe: null },
    { code: "1030900001", households: 5, tribe: null },
  ]);
});

it("a figure merged over rows belongs to none of them: each is rejected with the reference of the cell", async () => {
  const path = workbook(
    [
      HEADER,
      ["Bukidnon", "Baungon", "Balintad", 400, "Maranao", 8.3],
      [null, null, "Buenavista"],
      [null, null, "Danatag", 6],
      [null, null, "Imbatug", "-"],
      [null, null, "Kalilangan"],
    ],
    ["A2:A6", "B2:B6", "D2:D3", "F2:F3", "D5:D6"],
  );
  const refused = await importing(path, "--skip-invalid", "--create-empty");
  expect(refused.exitCode).toBe(3);
  expect(refused.rejects.map(({ row, column, value, kind }) => [row, column, value, kind])).toEqual([
    [2, "households", "400", "merged"],
    [2, "latitude", "8.3", "merged"],
    [3, "households", "400", "merged"],
    [3, "latitude", "8.3", "merged"],
  ]);
  expect(refused.rejects[2]?.message).toBe(
    "cell D2 is merged over rows 2 to 3; split it and give each row its own figure",
  );
  expect((await stored()).map(({ households }) => households)).toEqual([6, null, null]);
});

it("a barangay merged over rows is rejected in each of them, since a barangay has one row", async () => {
  const path = workbook(
    [HEADER, ["Bukidnon", "Baungon", "Balintad", 4], [null, null, null, 5], ["Bukidnon", "Baungon", "Danatag", 6]],
    ["A2:A3", "B2:B3", "C2:C3"],
  );
  const { exitCode, rejects } = await importing(path);
  expect(exitCode).toBe(3);
  const message = "cell C2 is merged over rows 2 to 3; split it and give each barangay one row";
  expect(rejects).toMatchObject([
    { row: 2, column: "barangay", message },
    { row: 3, column: "barangay", message },
  ]);
});

it("a header merged over two rows stays a header", async () => {
  const path = workbook(
    [
      ["Province", "Municipality", "Barangay", "Population", null],
      [null, null, null, "Women", "PWDs"],
      ["Bukidnon", "Baungon", "Balintad", 4, 1],
      [null, null, "Buenavista", 5, 2],
    ],
    ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "A3:A4", "B3:B4"],
  );
  expect(await importing(path)).toMatchObject({ exitCode: 0, created: 2 });
  expect(await database.rows("select women_count, pwd_count from obc_communities order by women_count")).toEqual([
    { women_count: 4, pwd_count: 1 },
    { women_count: 5, pwd_count: 2 },
  ]);
});

it("rejected rows have the names that were merged over them, so that they can be fixed and imported", async () => {
  const bad = join(temporaryFolder(), "bad.csv");
  const path = workbook(
    [HEADER, ["Bukidnon", "Baungon", "Balintad", 4], [null, null, "Buenavista", "5x"]],
    ["A2:A3", "B2:B3"],
  );
  expect(await importing(path, "--rejects", bad, "--skip-invalid")).toMatchObject({ exitCode: 3, created: 1 });
  const text = readFileSync(bad, "utf8");
  expect(Papa.parse<string[]>(text).data[1]?.slice(0, 4)).toEqual(["Bukidnon", "Baungon", "Buenavista", "5x"]);
  writeFileSync(bad, text.replace(",5x,", ",5,"));
  expect(await importing(bad)).toMatchObject({ exitCode: 0, created: 1 });
  expect((await stored()).map(({ households }) => households)).toEqual([4, 5]);
});
