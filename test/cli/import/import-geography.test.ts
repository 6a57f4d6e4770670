import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument, type ImportCounts } from "../../helpers/documents.ts";
import { addCommunity, digest, storedCoverages } from "../../helpers/plain-sql.ts";

interface GeographyDocument extends ImportCounts {
  rejects: Array<{ row: number; column: string; value: string }>;
  places: Array<{ level: string; code: string; name: string; action: string; fields: object }>;
}

/** Code, name, level, population: two municipalities of Bukidnon and the City of Iligan. */
const EDITION = [
  ["1000000000", "Region X (Northern Mindanao)", "Reg", "5022768"],
  ["1001300000", "Bukidnon", "Prov", "1541308"],
  ["1001301000", "Baungon", "Mun", "37111"],
  ["1001301001", "Balintad", "Bgy", "663"],
  ["1001301002", "Buenavista", "Bgy", "-"],
  ["1001302000", "Damulog", "Mun", "37028"],
  ["1001302001", "Aludas", "Bgy", "1,034"],
  ["1030900000", "City of Iligan", "City", "363115"],
  ["1030900001", "Abuno", "Bgy", "4850"],
] as const;

type Line = readonly [code: string, name: string, level: string, population: string];

onEveryDatabase(
  "import geography",
  (database) => {
    let folder = "";
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "obc-sync-geography-"));
    });
    afterEach(() => rm(folder, { recursive: true }));

    /** As PSA publishes it, saved as CSV: headings with line breaks, and a column that is not used. */
    async function edition(lines: readonly Line[]): Promise<string> {
      const path = join(folder, "PSGC.csv");
      const heading = '10-digit PSGC,Name,Correspondence Code,Geographic Level,"2020\nPopulation"';
      const rows = lines.map(([code, name, level, population]) => `${code},"${name}",,${level},"${population}"`);
      await writeFile(path, `${[heading, ...rows].join("\n")}\n`);
      return path;
    }
    async function run(...args: string[]) {
      const result = await database.obcSync(["import", "geography", ...args, "--json"]);
      return { exitCode: result.exitCode, ...documentOf<GeographyDocument & ErrorDocument>(result) };
    }
    const but = (code: string, change: (line: Line) => Line[]) =>
      EDITION.flatMap((line): readonly Line[] => (line[0] === code ? change(line) : [line]));

    it("loads the bundled edition without a file: all units of the country, each under its parents", async () => {
      expect(await run()).toMatchObject({ exitCode: 0, created: 18 + 118 + 1656 + 42011, updated: 0 });
      const [counts] = await database.rows(
        `select (select count(*) from regions) as regions, (select count(*) from provinces) as provinces,
                (select count(*) from municipalities) as municipalities, (select count(*) from barangays) as barangays`,
      );
      expect(counts).toEqual({ regions: 18, provinces: 118, municipalities: 1656, barangays: 42011 });
      const misplaced = await database.rows(
        `select b.code from barangays b
           join municipalities m on m.id = b.municipality_id
           join provinces p on p.id = m.province_id
           join regions r on r.id = p.region_id
          where substr(m.code, 1, 7) <> substr(b.code, 1, 7) or substr(p.code, 1, 5) <> substr(b.code, 1, 5)
             or substr(r.code, 1, 2) <> substr(b.code, 1, 2)`,
      );
      expect(misplaced).toEqual([]);
      expect(await database.rows("select kind, count(*) as n from provinces group by kind order by kind")).toEqual([
        { kind: "independent_city", n: 35 },
        { kind: "province", n: 82 },
        { kind: "special_area", n: 1 },
      ]);
      expect(await run()).toMatchObject({ created: 0, updated: 0, unchanged: 43803, removed: 0 });
    });

    it("reads PSA's datafile saved as CSV, with its populations", async () => {
      expect(await run(await edition(EDITION))).toMatchObject({ exitCode: 0, created: 10, rejected: 0 });
      expect(await database.rows("select code, population from barangays order by code")).toEqual([
        { code: "1001301001", population: 663 },
        { code: "1001301002", population: null },
        { code: "1001302001", population: 1034 },
        { code: "1030900001", population: 4850 },
      ]);
      // An independent city is a province-level unit and a municipality, both with the same code.
      expect(
        await database.rows(
          "select p.code, p.kind, m.kind as m from provinces p join municipalities m on m.code = p.code",
        ),
      ).toEqual([{ code: "1030900000", kind: "independent_city", m: "city" }]);
    });

    it("updates what a newer edition renames or moves, by code, and keeps its communities", async () => {
      await run(await edition(EDITION));
      await addCommunity(database, "1001301001", { households: 9 });
      await addCommunity(database, "1001301002", { households: 1 });
      await database.obcSync(["sync"]);
      const renamed = await run(
        await edition(but("1001301001", ([code, , level]) => [[code, "Balintad Nuevo", level, "700"]])),
      );
      expect(renamed).toMatchObject({ exitCode: 0, created: 0, updated: 1, unchanged: 9, removed: 0 });
      expect(renamed.places).toEqual([
        {
          level: "barangay",
          code: "1001301001",
          name: "Balintad Nuevo",
          action: "updated",
          fields: {
            name: { before: "Balintad", after: "Balintad Nuevo" },
            population: { before: 663, after: 700 },
          },
        },
      ]);
      await database.obcSync(["sync"]);
      expect((await storedCoverages(database, "municipality"))["1001301000"]).toMatchObject({
        key_barangays: "Balintad Nuevo, Buenavista",
        households: 10,
      });
    });

    it("moves a unit under a wrong parent back to the one that its digits identify", async () => {
      await run(await edition(EDITION));
      await addCommunity(database, "1001301001", { households: 9 });
      await database.obcSync(["sync"]);
      await database.rows(`update barangays set municipality_id =
        (select id from municipalities where code = '1001302000') where code = '1001301001'`);
      const { places } = await run(await edition(EDITION));
      expect(places).toMatchObject([
        { code: "1001301001", fields: { parentCode: { before: "1001302000", after: "1001301000" } } },
      ]);
      expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0 });
    });

    it("refuses an edition that drops units with communities, lists them, and writes nothing", async () => {
      await run(await edition(EDITION));
      await addCommunity(database, "1001301001", { households: 9 });
      await addCommunity(database, "1001302001", { households: 9 });
      const before = await digest(database);
      const refused = await run(await edition(EDITION.filter(([code]) => !code.startsWith("10013"))));
      expect(refused).toMatchObject({ exitCode: 1, error: { code: "INPUT_INVALID" } });
      expect(refused.error.message).toContain("1001301001 Balintad: a community");
      expect(refused.error.message).toContain("1001302001 Aludas: a community");
      expect(refused.error.message).not.toContain("Buenavista");
      expect(await digest(database)).toBe(before);
    });

    it("refuses to drop a unit with a manual coverage", async () => {
      await run(await edition(EDITION));
      await database.rows(`insert into municipality_coverages (municipality_id, auto_sync, households)
        select id, false, 12 from municipalities where code = '1001302000'`);
      const refused = await run(await edition(EDITION.filter(([code]) => !code.startsWith("1001302"))));
      expect(refused.error.message).toMatch(/1001302000 Damulog: a municipality coverage that is manual or archived/);
    });

    it("removes dropped units without communities, and the coverages that were derived from them", async () => {
      await run(await edition(EDITION));
      await addCommunity(database, "1001302001", { households: 9 });
      await addCommunity(database, "1001301001", { households: 1 });
      await database.obcSync(["sync"]);
      await database.rows("delete from obc_communities where households = 9");
      const smaller = await run(await edition(EDITION.filter(([code]) => !code.startsWith("1001302"))));
      expect(smaller).toMatchObject({ exitCode: 0, created: 0, updated: 0, unchanged: 8, removed: 2 });
      expect(smaller.places.map(({ code, action }) => [code, action])).toEqual(
        expect.arrayContaining([
          ["1001302000", "removed"],
          ["1001302001", "removed"],
        ]),
      );
      await database.obcSync(["sync"]);
      expect(Object.keys(await storedCoverages(database, "municipality"))).toEqual(["1001301000"]);
      expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0 });
    });

    it("--dry-run shows what differs and writes nothing", async () => {
      await run(await edition(EDITION));
      const before = await digest(database);
      const preview = await run(await edition(but("1001302001", () => [])), "--dry-run");
      expect(preview).toMatchObject({ exitCode: 0, removed: 1, unchanged: 9 });
      expect(await digest(database)).toBe(before);
    });

    it("lists rejected units by row and column, and writes nothing", async () => {
      const path = await edition([...EDITION, ["10013", "Short", "Bgy", "1"], ["1001399001", "Orphan", "Bgy", "1"]]);
      const refused = await run(path);
      expect(refused).toMatchObject({ exitCode: 3, created: 0, rejected: 2 });
      // A heading with a line break is one row to a spreadsheet.
      expect(refused.rejects).toMatchObject([
        { row: 11, column: "10-digit PSGC", value: "10013" },
        { row: 12, column: "10-digit PSGC", value: "1001399001" },
      ]);
      expect(await database.rows("select 1 from regions")).toEqual([]);
    });

    it.each([
      ["missing.xlsx", null, /there is no file/],
      ["other.csv", "a,b\n1,2\n", /has no column "10-digit PSGC", "Name", "Geographic Level"/],
      ["not.xlsx", "this is no workbook", /./],
      ["letter.docx", "x", /is neither .xlsx nor .csv/],
    ])("refuses %s", async (name, content, message) => {
      const path = join(folder, name);
      if (content !== null) await writeFile(path, content);
      const { exitCode, stderr } = await database.obcSync(["import", "geography", path]);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(message);
      expect(stderr).toContain(name);
      expect(stderr).not.toMatch(/\n +at /);
    });
  },
  { stage: "migrated" },
);
