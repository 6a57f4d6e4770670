import { join } from "node:path";
import { expect, it } from "vitest";
import { onEveryDatabase, type TestDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { temporaryFolder, written } from "../../helpers/temporary-folder.ts";

interface ImportDocument {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  withoutValues: number;
  rejects: Array<{ row: number; column: string; code: string; kind: string; message: string }>;
  sync: { municipalities: { created: number } } | null;
}

async function importing(database: TestDatabase, path: string, ...flags: string[]) {
  const result = await database.obcSync(["import", "communities", path, "--json", ...flags]);
  return { exitCode: result.exitCode, ...documentOf<ImportDocument & ErrorDocument>(result) };
}

function stored(database: TestDatabase): Promise<Array<Record<string, unknown>>> {
  return database.rows(
    "select b.code, c.households from obc_communities c join barangays b on b.id = c.barangay_id order by b.code",
  );
}

onEveryDatabase("two rows for one barangay, of which one is bad,", (database) => {
  it.each<[string, string[]]>([
    ["the first has a bad figure", ["1001301001,x", "1001301001,5"]],
    ["the second has a bad figure", ["1001301001,5", "1001301001,x"]],
    ["the first has a cell too many", ["1001301001,6,7", "1001301001,5"]],
    ["both are bad", ["1001301001,y", "1001301001,x"]],
  ])("are both left out: %s", async (_, doubled) => {
    const file = written("list.csv", "barangay_code,households", ...doubled, "1001301002,8");
    const bad = join(temporaryFolder(), "bad.csv");
    const report = await importing(database, file, "--skip-invalid", "--rejects", bad);
    expect(report).toMatchObject({ exitCode: 3, rows: 3, created: 1, rejected: 2 });
    expect(report.rejects.filter(({ kind }) => kind === "doubled")).toMatchObject([
      { row: 2, code: "1001301001", message: expect.stringMatching(/^rows 2, 3 have the same barangay/) },
      { row: 3, code: "1001301001" },
    ]);
    expect(await stored(database)).toEqual([{ code: "1001301002", households: 8 }]);
    const again = await importing(database, bad, "--skip-invalid");
    expect(again).toMatchObject({ rows: 2, created: 0, rejected: 2 });
  });

  it("are both left out where they are named, and where the code of one is of another edition", async () => {
    const header = "province,municipality,barangay,barangay_code,households";
    const rows = ["Bukidnon,Baungon,Balintad,,x", "Bukidnon,Baungon,BALINTAD,,5", ",,,1906602001,x", ",,,0906602001,4"];
    const report = await importing(database, written("list.csv", header, ...rows), "--skip-invalid");
    expect(report).toMatchObject({ exitCode: 3, created: 0, rejected: 4 });
    expect(await stored(database)).toEqual([]);
  });
});

onEveryDatabase("a row with a barangay and no value", (database) => {
  const template = async () => {
    const path = join(temporaryFolder(), "template.csv");
    await database.obcSync(["import", "communities", "--template", path, "--province", "Bukidnon"]);
    const [counted] = await database.rows<{ n: number }>(
      "select count(*) as n from barangays where code like '10013%'",
    );
    return { path, barangays: Number(counted?.n) };
  };

  it("creates nothing, as in a template that nobody filled in, and is counted and said", async () => {
    const { path, barangays } = await template();
    const report = await importing(database, path);
    expect(report).toMatchObject({
      ...{ exitCode: 0, rows: barangays, created: 0, updated: 0, unchanged: 0, withoutValues: barangays },
      sync: { municipalities: { created: 0 } },
    });
    expect(await stored(database)).toEqual([]);
    const { stdout } = await database.obcSync(["import", "communities", path]);
    expect(stdout).toMatch(new RegExp(`${barangays} rows name a barangay and have no value: .*--create-empty`));
    expect(await database.obcSync(["verify", "--source", path])).toMatchObject({ exitCode: 0 });
  });

  it("creates a community with --create-empty", async () => {
    const { path, barangays } = await template();
    const report = await importing(database, path, "--create-empty");
    expect(report).toMatchObject({ exitCode: 0, created: barangays, withoutValues: 0 });
    expect(await stored(database)).toHaveLength(barangays);
  });

  it("is as before where the community exists", async () => {
    await database.obcSync(["community", "add", "1001301001", "households=5"]);
    const file = written(
      "list.csv",
      "barangay_code,households,families",
      "1001301001,,-",
      "1001301002,8,",
      "1001301003,,",
    );
    expect(await importing(database, file)).toMatchObject({ created: 1, unchanged: 1, withoutValues: 1 });
    expect(
      await database.obcSync([
        "verify",
        "--source",
        written("same.csv", "barangay_code,households", "1001301001,5", "1001301002,8", "1001301003,"),
      ]),
    ).toMatchObject({ exitCode: 0 });
    expect(await importing(database, file, "--blank", "clear")).toMatchObject({ updated: 1, withoutValues: 1 });
    expect(await stored(database)).toEqual([
      { code: "1001301001", households: null },
      { code: "1001301002", households: 8 },
    ]);
  });
});

onEveryDatabase("a code with a name", (database) => {
  it("needs no municipality: the barangay's name alone can agree with it", async () => {
    const names = ["Angga-an", "ANGGA AN", "Brgy. Angga-an"];
    for (const name of names) {
      const file = written("list.csv", "barangay_code,barangay,households", `1001302002,${name},5`);
      expect(await importing(database, file, "--dry-run"), name).toMatchObject({ exitCode: 0, created: 1 });
    }
    const withRegion = written("region.csv", "barangay_code,region,barangay,households", "1001302002,X,Angga-an,5");
    expect(await importing(database, withRegion)).toMatchObject({ exitCode: 0, created: 1 });
  });

  it("is refused where the barangay of the code has another name", async () => {
    const file = written("list.csv", "barangay_code,barangay,households", "1001302002,Balintad,5");
    const rejects = [{ kind: "place-disagrees", message: expect.stringContaining("nearest: 1001301001 Balintad") }];
    expect(await importing(database, file)).toMatchObject({ exitCode: 3, rejected: 1, rejects });
  });

  it("agrees for every barangay of the country", async () => {
    const barangays = await database.rows<{ code: string; name: string }>(
      "select code, name from barangays order by code",
    );
    const lines = barangays.map(({ code, name }) => `${code},"${name}",1`);
    const file = written("list.csv", "barangay_code,barangay,households", ...lines);
    expect(await importing(database, file, "--dry-run", "--no-sync")).toMatchObject({
      exitCode: 0,
      created: barangays.length,
    });
  });

  it("is checked wherever in a file of JSON lines the names begin", async () => {
    const barangays = await database.rows<{ code: string }>(
      "select code from barangays where code > '11' order by code limit 3000",
    );
    const lines = barangays.map(({ code }) => JSON.stringify({ barangay_code: code, households: 1 }));
    const names = { municipality: "Jolo", province: "Sulu", barangay: "Alat" };
    const wrong = JSON.stringify({ barangay_code: "1001301001", ...names, households: 1 });
    const file = written("list.ndjson", ...lines, wrong);
    expect(await importing(database, file)).toMatchObject({
      ...{ exitCode: 3, rejected: 1, rejects: [{ row: 3001, kind: "place-disagrees" }] },
    });
    const named = written("named.ndjson", ...lines, JSON.stringify({ ...names, households: 1 }));
    expect(await importing(database, named, "--dry-run")).toMatchObject({ exitCode: 0, created: 3001 });
  });
});

onEveryDatabase(
  "without geography",
  (database) => {
    it.each([
      [["import", "communities", "FILE"]],
      [["import", "communities", "FILE", "--resolve-only"]],
      [["verify", "--source", "FILE"]],
      [["community", "add", "1001301001", "households=5"]],
      [["community", "show", "Balintad, Baungon"]],
    ])("%j says to import it", async (args) => {
      const file = written("list.csv", "barangay_code,households", "1001301001,5", "1001301002,6");
      const result = await database.obcSync([...args.map((arg) => (arg === "FILE" ? file : arg)), "--json"]);
      expect(result.exitCode).toBe(1);
      expect(documentOf<ErrorDocument>(result).error).toEqual({
        code: "GEOGRAPHY_MISSING",
        message: "the database has no geography yet",
        hint: "Run: obc-sync import geography",
      });
    });
  },
  { stage: "migrated" },
);
