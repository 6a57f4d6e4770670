import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Papa from "papaparse";
import { afterEach, beforeEach, expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import {
  addCommunity,
  digest,
  expectedMunicipalities,
  expectedProvinces,
  storedCoverages,
} from "../../helpers/plain-sql.ts";
import { fixture } from "../../helpers/project.ts";

interface ImportDocument {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  rejects: Array<{ row: number; column: string; code: string; value: string; message: string }>;
  warnings: ImportDocument["rejects"];
  sync: { communities: number; municipalities: { created: number; updated: number } } | null;
}

onEveryDatabase("import communities", (database) => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "obc-sync-import-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function file(...lines: string[]): Promise<string> {
    const path = join(folder, "communities.csv");
    await writeFile(path, `${lines.join("\n")}\n`);
    return path;
  }
  async function run(path: string, ...flags: string[]) {
    const result = await database.obcSync(["import", "communities", path, "--json", ...flags]);
    return { ...documentOf<ImportDocument>(result), exitCode: result.exitCode };
  }
  const communities = (columns: string) =>
    database.rows(
      `select b.code, ${columns} from obc_communities c join barangays b on b.id = c.barangay_id order by b.code`,
    );

  it("writes every figure of the file, and syncs the coverages above", async () => {
    const imported = await run(fixture("communities.csv"));
    expect(imported).toMatchObject({ exitCode: 0, rows: 600, created: 600, updated: 0, unchanged: 0, rejected: 0 });
    expect(imported.sync).toMatchObject({ communities: 600, municipalities: { created: 109 } });
    expect(await storedCoverages(database, "municipality")).toEqual(await expectedMunicipalities(database));
    expect(await storedCoverages(database, "province")).toEqual(await expectedProvinces(database));
    const { data } = Papa.parse<Record<string, string>>(await readFile(fixture("communities.csv"), "utf8"), {
      header: true,
      skipEmptyLines: true,
    });
    const written = await communities("c.*");
    expect(written).toHaveLength(600);
    for (const [index, { barangay_code: code, ...cells }] of data.entries()) {
      const row = written[index] ?? {};
      expect(row.code).toBe(code);
      const stored = Object.keys(cells).map((column) => [column, String(row[column] ?? "")]);
      expect(Object.fromEntries(stored)).toEqual(cells);
    }
  });

  it("finds nothing to do the second time, and writes no row", async () => {
    await run(fixture("communities.csv"));
    const stored = () => database.rows("select * from obc_communities order by barangay_id");
    const before = await stored();
    const again = await run(fixture("communities.csv"), "--no-sync");
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 600, sync: null, changes: [] });
    expect(await stored()).toEqual(before);
  });

  it("distinguishes created, updated and unchanged exactly, and keeps the stored value for an empty cell", async () => {
    await run(await file("barangay_code,households,women_count", "1001301001,10,4", "1001301002,20,"));
    const second = await run(
      await file("barangay_code,households,women_count", "1001301001,10,", "1001301002,21,9", "1001301003,5,1"),
    );
    expect(second).toMatchObject({ created: 1, updated: 1, unchanged: 1 });
    expect(await communities("households, women_count")).toEqual([
      { code: "1001301001", households: 10, women_count: 4 },
      { code: "1001301002", households: 21, women_count: 9 },
      { code: "1001301003", households: 5, women_count: 1 },
    ]);
    expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0 });
  });

  it("--dry-run shows what would happen and writes nothing", async () => {
    const before = await digest(database);
    const preview = await run(fixture("communities.csv"), "--dry-run");
    expect(preview).toMatchObject({ exitCode: 0, created: 600, sync: { municipalities: { created: 109 } } });
    expect(await digest(database)).toBe(before);
    const { sync } = await run(fixture("communities.csv"));
    expect(sync).toEqual(preview.sync);
  });

  it("--no-sync leaves the coverages as they are", async () => {
    expect(await run(fixture("communities.csv"), "--no-sync")).toMatchObject({ created: 600, sync: null });
    expect(await storedCoverages(database, "municipality")).toEqual({});
    expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 2 });
  });

  it("restores the leading zero of codes that a spreadsheet dropped", async () => {
    await run(await file("barangay_code,households", "907201006,7", " 0907201007 ,8", "1001301001.0,9"));
    expect(await communities("households")).toEqual([
      { code: "0907201006", households: 7 },
      { code: "0907201007", households: 8 },
      { code: "1001301001", households: 9 },
    ]);
  });

  it('reads "1,234" and blanks around it, and treats "" and "-" as empty', async () => {
    await run(
      await file(
        "barangay_code,households,families,women_count,pwd_count",
        '1001301001,"1,234"," 1,234 ",-,',
        "1001301002,2147483647,0,3.0, 5 ",
      ),
    );
    expect(await communities("households, families, women_count, pwd_count")).toEqual([
      { code: "1001301001", households: 1234, families: 1234, women_count: null, pwd_count: null },
      { code: "1001301002", households: 2147483647, families: 0, women_count: 3, pwd_count: 5 },
    ]);
  });

  it("reports every bad cell of every bad row, and writes nothing", async () => {
    const before = await digest(database);
    const path = await file(
      "barangay_code,households,women_count,latitude",
      "1001301001,1,1,8.1",
      "1001301002,12.5,-3,8.1",
      "1001301003,1,1,91",
      "12,1,1,8.1",
      "1.0013E+09,1,1,8.1",
      "1001301004,2147483648,1,",
    );
    const refused = await run(path);
    expect(refused).toMatchObject({ exitCode: 3, rows: 6, created: 0, rejected: 5, sync: null });
    expect(refused.rejects.map(({ row, column, value }) => [row, column, value])).toEqual([
      [3, "households", "12.5"],
      [3, "women_count", "-3"],
      [4, "latitude", "91"],
      [5, "barangay_code", "12"],
      [6, "barangay_code", "1.0013E+09"],
      [7, "households", "2147483648"],
    ]);
    expect(await digest(database)).toBe(before);
  });

  it("--skip-invalid writes the good rows, lists those left out, and exits 3", async () => {
    const path = await file(
      "barangay_code,households",
      "1001301001,1",
      "1001301002,abc",
      "1001399999,3",
      "1001301003,4",
    );
    const imported = await run(path, "--skip-invalid");
    expect(imported).toMatchObject({ exitCode: 3, rows: 4, created: 2, rejected: 2, sync: { communities: 2 } });
    expect(imported.rejects.map(({ row }) => row)).toEqual([3, 4]);
    expect(await communities("households")).toEqual([
      { code: "1001301001", households: 1 },
      { code: "1001301003", households: 4 },
    ]);
  });

  it("--ignore-unknown ignores unknown columns", async () => {
    const path = await file("barangay_code,favourite_colour,households", "1001301001,blue,7");
    expect((await database.obcSync(["import", "communities", path])).exitCode).toBe(1);
    expect(await run(path, "--ignore-unknown")).toMatchObject({ exitCode: 0, created: 1 });
    expect(await communities("households")).toEqual([{ code: "1001301001", households: 7 }]);
  });

  it("warns about an archived community only where its row changes something", async () => {
    await addCommunity(database, "1001301001", { households: 5 });
    await database.rows("update obc_communities set is_deleted = true, notes = 'by the sea'");
    const warned = async (row: string, ...flags: string[]) => {
      const path = await file("barangay_code,households,families,notes", row);
      const { updated, warnings } = await run(path, "--dry-run", ...flags);
      return [updated, warnings.map(({ code }) => code)];
    };
    expect(await warned("1001301001,,,")).toEqual([0, []]);
    expect(await warned("1001301001,5,,by the sea")).toEqual([0, []]);
    expect(await warned("1001301001,5,0,")).toEqual([1, ["1001301001"]]);
    expect(await warned("1001301001,5,,", "--blank", "clear")).toEqual([1, ["1001301001"]]);
    expect(await warned("1001301001,5,,by the sea", "--blank", "clear")).toEqual([0, []]);
    expect(await warned("1001301001,6,,", "--on-conflict", "skip")).toEqual([0, []]);
  });

  it("warns about an archived community: its figures are imported, but not counted", async () => {
    await addCommunity(database, "1001301001", { households: 10 });
    await database.rows("update obc_communities set is_deleted = true");
    const imported = await run(await file("barangay_code,households", "1001301001,50"));
    expect(imported).toMatchObject({ exitCode: 0, updated: 1, sync: { communities: 0 } });
    expect(imported.warnings).toMatchObject([
      { row: 2, code: "1001301001", message: expect.stringMatching(/archived/) },
    ]);
    expect((await communities("households, is_deleted")).map(({ households }) => households)).toEqual([50]);
    expect(await storedCoverages(database, "municipality")).toEqual({});
  });

  it("keeps text unchanged: quotes, commas, line breaks, tabs, backslashes, any script", async () => {
    const notes = 'say ""hi"", C:\\new\\table\ttab ñ ﺏ 🌺 \\N';
    await run(await file("barangay_code,notes,households", `1001301001,"${notes}",1`, '1001301002,"two\nlines",2'));
    expect(await communities("notes")).toEqual([
      { code: "1001301001", notes: notes.replaceAll('""', '"') },
      { code: "1001301002", notes: "two\nlines" },
    ]);
  });
});
