import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { syncChanged, syncEntireHierarchy, updateCoverage, verify } from "../../../src/index.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf, type LeftOutUnit, type SyncDocument } from "../../helpers/documents.ts";
import { digest, storedCoverages } from "../../helpers/plain-sql.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

const BUKIDNON = "1001300000";
const IN_BUKIDNON = "1001302002";
const IN_ILIGAN = "1030900001";
const ILIGAN = "1030900000";

/** Half of 2^53: one such figure can be stored, the sum of two cannot. */
const HALF = 2 ** 52;

const OF_BUKIDNON = `municipality_id in (select m.id from municipalities m join provinces p on p.id = m.province_id
  where p.code = '${BUKIDNON}')`;

onEveryDatabase(
  "a province whose sum is too large",
  (database) => {
    /** Two manual coverages of Bukidnon with an absurd figure, and a change beneath Bukidnon and one beneath Iligan. */
    async function begin(): Promise<void> {
      const [count] = await database.rows<{ n: number }>(
        `select count(*) as n from municipality_coverages where ${OF_BUKIDNON}`,
      );
      expect(Number(count?.n)).toBeGreaterThan(1);
      await database.rows(
        `update municipality_coverages set auto_sync = false, farmers_count = ${HALF} where ${OF_BUKIDNON}`,
      );
      for (const code of [IN_BUKIDNON, IN_ILIGAN]) {
        await database.rows(
          `insert into obc_communities (barangay_id, households) select id, 1000000 from barangays where code = ?
           on conflict (barangay_id) do update set households = 1000000`,
          code,
        );
      }
    }

    const finding = (count: number) => ({
      kind: "figure-too-large",
      limit: 9007199254740991,
      level: "province",
      code: BUKIDNON,
      name: "Bukidnon",
      parent: "Region X (Northern Mindanao)",
      fields: { farmers_count: count * HALF },
    });

    async function manualCount(): Promise<number> {
      const [row] = await database.rows<{ n: number }>(
        `select count(*) as n from municipality_coverages where farmers_count = ${HALF}`,
      );
      return Number(row?.n);
    }

    const logged = () =>
      database.rows<{ municipality: string | null; province: string | null; barangay: string | null }>(
        `select m.code as municipality, p.code as province, b.code as barangay from obc_sync_change_log e
           left join municipalities m on m.id = e.municipality_id left join provinces p on p.id = e.province_id
           left join barangays b on b.id = e.barangay_id`,
      );

    it("is named and left out, and the others are synced", async () => {
      await begin();
      const found = finding(await manualCount());
      const stored = (await storedCoverages(database, "province"))[BUKIDNON];
      const before = await digest(database);
      const dryRun = await database.obcSync(["sync", "--dry-run", "--json"]);
      expect(dryRun).toMatchObject({ exitCode: 2, stderr: "" });
      expect(await digest(database)).toBe(before);

      const run = await database.obcSync(["sync", "--json"]);
      expect(run).toMatchObject({ exitCode: 2, stderr: "" });
      for (const document of [dryRun, run].map((result) => documentOf<SyncDocument>(result))) {
        expect(document.findings).toEqual([found]);
        expect(document.changes.map(({ code }) => code)).not.toContain(BUKIDNON);
        expect(document.changes.map(({ code }) => code)).toContain(ILIGAN);
        const written = document.changes.filter(({ level }) => level === "province").length;
        expect(document.provinces.created + document.provinces.updated).toBe(written);
      }
      const provinces = await storedCoverages(database, "province");
      expect(provinces[BUKIDNON]).toEqual(stored);
      expect(Number(provinces[ILIGAN]?.households)).toBeGreaterThanOrEqual(1000000);

      const verified = await database.obcSync(["verify", "--json"]);
      expect(verified.exitCode).toBe(2);
      expect(documentOf(verified)).toMatchObject({ ok: false, drift: [], findings: [found] });
    });

    it("is said in text, to CI, and with --quiet", async () => {
      await begin();
      const said =
        /Left out: Bukidnon, Region X \(Northern Mindanao\) \(1001300000\).*farmers_count adds up to [\d,]{21}/;
      for (const args of [["sync"], ["sync", "--quiet"], ["sync", "--changed", "--quiet"], ["verify", "--quiet"]]) {
        const { exitCode, stdout, stderr } = await database.obcSync(args);
        expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "" });
        expect(stdout, args.join(" ")).toMatch(said);
      }
      const { stdout: verified } = await database.obcSync(["verify"]);
      expect(verified).toMatch(said);
      expect(verified).toContain("obc-sync analyze --check beyond-32-bits");
      expect(verified).not.toMatch(/All coverages agree|Fix with: obc-sync sync/);
      const github = await database.obcSync(["verify", "--format", "github"]);
      expect(github).toMatchObject({ exitCode: 2 });
      expect(github.stdout).toMatch(/::error title=left out%3A Bukidnon/);
      const junit = await database.obcSync(["verify", "--format", "junit"]);
      expect(junit).toMatchObject({ exitCode: 2 });
      expect(junit.stdout).toMatch(/failures="1"[\s\S]*Bukidnon[\s\S]*type="figure-too-large"/);
    });

    it("stays in the change log until it is right, and nothing else does", async () => {
      await begin();
      const found = finding(await manualCount());
      for (const _ of ["first", "again"]) {
        const changed = await database.obcSync(["sync", "--changed", "--json"]);
        expect(changed.exitCode).toBe(2);
        expect(documentOf<SyncDocument>(changed).findings).toEqual([found]);
        const places = (await logged()).map(
          ({ municipality, province, barangay }) => municipality ?? province ?? barangay,
        );
        expect(places).toContain(IN_BUKIDNON);
        expect(places.filter((code) => !code?.startsWith("10013"))).toEqual([]);
      }
      expect((await database.obcSync(["sync", "--province", "Bukidnon"])).exitCode).toBe(2);
      expect((await logged()).length).toBeGreaterThan(0);

      await database.rows(`update municipality_coverages set farmers_count = 1 where ${OF_BUKIDNON}`);
      expect(await database.obcSync(["sync", "--changed"])).toMatchObject({ exitCode: 0 });
      expect(await logged()).toEqual([]);
      expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0 });
    });

    it("does not keep an import from being written", async () => {
      await begin();
      const path = join(temporaryFolder(), "list.csv");
      writeFileSync(path, `barangay_code,households\n${IN_BUKIDNON},1000077\n${IN_ILIGAN},1000088\n`);
      const imported = await database.obcSync(["import", "communities", path, "--json"]);
      expect(imported).toMatchObject({ exitCode: 2, stderr: "" });
      const { sync } = documentOf<{ sync: { findings: LeftOutUnit[] } }>(imported);
      expect(sync.findings).toMatchObject([{ code: BUKIDNON, level: "province" }]);
      const [sum] = await database.rows(
        "select count(*) as n from obc_communities where households in (1000077, 1000088)",
      );
      expect(Number(sum?.n)).toBe(2);
      const text = await database.obcSync(["import", "communities", path, "--quiet"]);
      expect(text.exitCode).toBe(2);
      expect(text.stdout).toMatch(/Left out: Bukidnon/);
    });

    it("can be put right one figure at a time", async () => {
      await begin();
      const manual = await database.rows<{ code: string }>(
        `select m.code from municipality_coverages v join municipalities m on m.id = v.municipality_id
          where v.farmers_count = ${HALF} order by 1`,
      );
      for (const [index, { code }] of manual.entries()) {
        const result = await database.obcSync(["coverage", "set", code, "farmers_count=5", "--json"]);
        const left = manual.length - index - 1;
        // One figure of 2^52 and the others of 5 can be stored.
        expect(result.exitCode, result.stdout).toBe(left > 1 ? 2 : 0);
        const { findings } = documentOf<{ findings: LeftOutUnit[] }>(result);
        expect(findings.map(({ code }) => code)).toEqual(left > 1 ? [BUKIDNON] : []);
      }
      const community = await database.obcSync(["community", "set", IN_ILIGAN, "households=3", "--json"]);
      expect(community.exitCode).toBe(0);
      expect(documentOf(community)).toMatchObject({ findings: [] });
    });

    it("is told by the library", async () => {
      await begin();
      const found = finding(await manualCount());
      const { knex } = database;
      expect(await verify(knex)).toMatchObject({ findings: [found] });
      expect(await syncChanged(knex)).toMatchObject({ findings: [found] });
      expect(await syncEntireHierarchy(knex)).toMatchObject({ findings: [found] });
      const unit = { level: "municipality", unit: "Damulog" } as const;
      expect((await updateCoverage(knex, unit, { households: 1 })).plan.findings).toMatchObject([found]);
      await database.rows(`update municipality_coverages set farmers_count = 1 where ${OF_BUKIDNON}`);
      expect(await syncChanged(knex)).not.toHaveProperty("findings");
    });

    it("is found even where the sum does not fit into 64 bits", async () => {
      await begin();
      await database.rows(
        `update municipality_coverages set farmers_count = 1, total_obc_communities = 9223372036854775807 where ${OF_BUKIDNON}`,
      );
      const run = await database.obcSync(["sync", "--json"]);
      expect(run).toMatchObject({ exitCode: 2, stderr: "" });
      expect(documentOf<SyncDocument>(run).findings).toMatchObject([
        { code: BUKIDNON, fields: { total_obc_communities: expect.any(Number) } },
      ]);
      expect(documentOf(await database.obcSync(["verify", "--json"]))).toMatchObject({
        drift: [],
        findings: [{ code: BUKIDNON }],
      });
      expect(await database.obcSync(["coverage", "show", "Bukidnon", "--level", "province"])).toMatchObject({
        exitCode: 0,
      });
    });
  },
  { stage: "example" },
);
