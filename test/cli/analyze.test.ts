import { expect, it } from "vitest";
import { onEveryDatabase, type TestDatabase } from "../helpers/databases.ts";
import { documentOf } from "../helpers/documents.ts";

interface Finding {
  code: string;
  name: string;
  figures: Record<string, string | number | null>;
  remedy: string;
}

interface AnalyzeDocument {
  ok: boolean;
  counts: { error: number; warning: number; info: number };
  checks: Array<{ id: string; severity: string; why: string; count: number; findings: Finding[] }>;
  regions: Array<{
    code: string;
    communities: number;
    population: number;
    completeness: number;
    coverageShare: number;
  }>;
}

/** A community of the example, and what is above it. */
interface Place {
  id: number;
  code: string;
  municipality_id: number;
  municipality: string;
  province_id: number;
  province: string;
}

interface Fault {
  check: string;
  plant: (database: TestDatabase, place: Place) => Promise<unknown>;
  count: (place: Place, database: TestDatabase) => number | Promise<number>;
  /** The code of one of the findings, and its remedy. */
  code: (place: Place) => string;
  remedy: (place: Place) => string | RegExp;
  figures?: Record<string, unknown>;
  only?: TestDatabase["kind"];
}

const inMunicipality = "barangay_id in (select id from barangays where municipality_id = ?)";

const FAULTS: Fault[] = [
  {
    check: "missing-coverage",
    plant: (database, { municipality_id }) =>
      database.rows("delete from municipality_coverages where municipality_id = ?", municipality_id),
    count: () => 1,
    code: ({ municipality }) => municipality,
    remedy: ({ municipality }) => `obc-sync sync --municipality ${municipality}`,
  },
  {
    check: "stale-coverage",
    plant: (database, { id }) =>
      database.rows("update obc_communities set households = coalesce(households, 0) + 7 where barangay_id = ?", id),
    // The municipality and the province above it.
    count: () => 2,
    code: ({ municipality }) => municipality,
    remedy: ({ municipality }) => `obc-sync sync --municipality ${municipality}`,
    figures: { level: "municipality", hours_since_its_update: 0 },
  },
  {
    check: "coverage-without-communities",
    plant: (database, { municipality_id }) =>
      database.rows(`delete from obc_communities where ${inMunicipality}`, municipality_id),
    count: () => 1,
    code: ({ municipality }) => municipality,
    remedy: ({ municipality }) => `obc-sync sync --municipality ${municipality}`,
  },
  {
    check: "manual-coverage",
    plant: (database, { municipality_id }) =>
      database.rows(
        `update municipality_coverages set auto_sync = false, estimated_obc_population = estimated_obc_population * 2
          where municipality_id = ?`,
        municipality_id,
      ),
    count: () => 1,
    code: ({ municipality }) => municipality,
    remedy: ({ municipality }) => `obc-sync coverage auto ${municipality} --level municipality`,
    figures: { attribution_rate_percent: 50 },
  },
  {
    check: "archived-coverage",
    plant: (database, { province_id }) =>
      database.rows("update province_coverages set is_deleted = true where province_id = ?", province_id),
    count: () => 1,
    code: ({ province }) => province,
    remedy: ({ province }) => `obc-sync coverage restore ${province} --level province`,
  },
  {
    check: "archived-communities",
    plant: (database, { id }) =>
      database.rows(
        "update obc_communities set is_deleted = true, deleted_at = current_timestamp where barangay_id = ?",
        id,
      ),
    count: () => 1,
    code: ({ code }) => code,
    remedy: ({ code }) => `obc-sync community restore ${code}`,
    figures: { hours_since: 0 },
  },
  {
    check: "unsynced-changes",
    plant: (database, { id }) =>
      database.rows("update obc_communities set households = coalesce(households, 0) + 7 where barangay_id = ?", id),
    count: async (_, database) => Number((await database.rows("select count(*) as n from change_log"))[0]?.n),
    code: ({ municipality }) => municipality,
    remedy: () => "obc-sync sync --changed",
    figures: { entries: 1, oldest_minutes: 0 },
  },
  {
    check: "last-sync",
    plant: (database) => database.rows("update sync_runs set finished_at = '2020-01-01'"),
    count: () => 1,
    code: () => "sync_runs",
    remedy: () => "obc-sync sync",
  },
  {
    check: "disabled-triggers",
    plant: (database) =>
      database.rows(
        `drop trigger obc_communities_log_insert${database.kind === "postgres" ? " on obc_communities" : ""}`,
      ),
    count: () => 1,
    code: () => "obc_communities_log_insert",
    remedy: () => /create trigger obc_communities_log_insert after insert on obc_communities/,
    figures: { state: "missing" },
  },
  {
    check: "disabled-triggers",
    only: "postgres",
    plant: (database) => database.rows("alter table barangays disable trigger barangays_log_update"),
    count: () => 1,
    code: () => "barangays_log_update",
    remedy: () => "alter table barangays enable trigger barangays_log_update;",
    figures: { state: "switched off" },
  },
  {
    check: "missing-indexes",
    plant: (database) => database.rows("drop index barangays_municipality_id_name_index"),
    count: () => 1,
    code: () => "barangays",
    remedy: () => "create index barangays_municipality_id_name_index on barangays (municipality_id, name);",
  },
  {
    check: "hierarchy-gaps",
    plant: async (database, { id }) => {
      if (database.kind === "postgres") {
        await database.rows("alter table barangays drop constraint barangays_municipality_id_foreign");
      } else await database.rows("pragma foreign_keys = off");
      await database.rows("update barangays set municipality_id = 999999 where id = ?", id);
    },
    count: () => 1,
    code: ({ code }) => code,
    remedy: () => "obc-sync import geography",
    figures: { table: "barangays", parent_id: 999999 },
  },
  {
    check: "population-above-barangay",
    plant: async (database, { id }) => {
      await database.rows("update barangays set population = 1000 where id = ?", id);
      await database.rows("update obc_communities set estimated_obc_population = 1001 where barangay_id = ?", id);
    },
    count: () => 1,
    code: ({ code }) => code,
    remedy: ({ code }) => `obc-sync community show ${code}`,
    figures: { estimated_obc_population: 1001, barangay_population: 1000 },
  },
  {
    check: "parts-above-whole",
    plant: (database, { id }) =>
      database.rows(
        "update obc_communities set estimated_obc_population = 100, women_count = 101 where barangay_id = ?",
        id,
      ),
    count: () => 1,
    code: ({ code }) => code,
    remedy: ({ code }) => `obc-sync community show ${code}`,
    figures: { estimated_obc_population: 100, women_count: 101 },
  },
  {
    check: "age-groups",
    plant: (database, { id }) =>
      database.rows(
        `update obc_communities set estimated_obc_population = 100, children_0_9 = 20, adolescents_10_14 = 20,
           youth_15_30 = 20, adults_31_59 = 20, seniors_60_plus = 19 where barangay_id = ?`,
        id,
      ),
    count: () => 1,
    code: ({ code }) => code,
    remedy: ({ code }) => `obc-sync community show ${code}`,
    figures: { estimated_obc_population: 100, age_groups_together: 99 },
  },
  {
    check: "suspicious-jumps",
    plant: (database, { id, province_id }) =>
      Promise.all([
        database.rows("update province_coverages set auto_sync = false where province_id = ?", province_id),
        database.rows("update obc_communities set estimated_obc_population = 900000 where barangay_id = ?", id),
      ]),
    count: () => 1,
    code: ({ municipality }) => municipality,
    remedy: ({ municipality }) => `obc-sync coverage show ${municipality} --level municipality`,
  },
  {
    check: "blank-fields",
    plant: (database, { code }) =>
      database.rows(
        `update obc_communities set mosques_count = null
          where barangay_id in (select id from barangays where substr(code, 1, 2) = ?)`,
        code.slice(0, 2),
      ),
    count: () => 1,
    code: ({ code }) => `${code.slice(0, 2)}00000000`,
    remedy: ({ code }) => {
      const region = `${code.slice(0, 2)}00000000`;
      return `obc-sync import communities --template region-${region}.csv --region ${region}`;
    },
    figures: { field: "mosques_count", blank_percent: 100 },
  },
  {
    check: "duplicate-names",
    plant: async (database, { municipality_id }) => {
      const [one, two] = await database.rows<{ id: number }>(
        `select b.id from barangays b join obc_communities c on c.barangay_id = b.id
          where b.municipality_id = ? order by b.code limit 2`,
        municipality_id,
      );
      await database.rows(
        "update barangays set name = 'Poblacion Twice' where id in (?, ?)",
        one?.id ?? 0,
        two?.id ?? 0,
      );
    },
    count: () => 1,
    code: ({ code }) => code,
    remedy: ({ code }) => new RegExp(`^obc-sync community show ${code}; obc-sync community show \\d{10}$`),
    figures: { barangays: 2 },
  },
  {
    check: "beyond-32-bits",
    plant: (database, { municipality_id }) =>
      database.rows(
        "update municipality_coverages set households = 2147483648 where municipality_id = ?",
        municipality_id,
      ),
    count: () => 1,
    code: ({ municipality }) => municipality,
    remedy: ({ municipality }) => `obc-sync coverage show ${municipality} --level municipality`,
    figures: { largest_figure: 2147483648 },
  },
];

const clean = { stage: "example" } as const;

onEveryDatabase(
  "analyze",
  (database) => {
    const analyze = async (...flags: string[]) => {
      const result = await database.obcSync(["analyze", "--json", ...flags]);
      return { exitCode: result.exitCode, report: JSON.parse(result.stdout) as AnalyzeDocument };
    };

    /** The first community of a municipality that has several, in a province that has several. */
    async function place(): Promise<Place> {
      const [found] = await database.rows<Place>(
        `select b.id, b.code, m.id as municipality_id, m.code as municipality, p.id as province_id, p.code as province
           from obc_communities c join barangays b on b.id = c.barangay_id
           join municipalities m on m.id = b.municipality_id join provinces p on p.id = m.province_id
          where m.id in (select municipality_id from barangays join obc_communities on barangay_id = barangays.id
                          group by municipality_id having count(*) > 2)
            and p.id in (select province_id from municipality_coverages v join municipalities u on u.id = v.municipality_id
                          group by province_id having count(*) > 2)
          order by b.code limit 1`,
      );
      return found as Place;
    }

    it("finds nothing in a database that is in order", async () => {
      const { exitCode, report } = await analyze();
      expect(report.checks.filter(({ count }) => count > 0)).toEqual([]);
      expect(report.ok).toBe(true);
      expect(exitCode).toBe(0);
    });

    it.each(FAULTS.filter(({ only }) => only === undefined || only === database.kind))(
      "$check: counts what was planted and says what mends it",
      async ({ check, plant, count, code, remedy, figures = {} }) => {
        const chosen = await place();
        await plant(database, chosen);
        const { exitCode, report } = await analyze("--check", check);
        expect(report.checks.map(({ id }) => id)).toEqual([check]);
        const [result] = report.checks;
        expect(result?.count).toBe(await count(chosen, database));
        const finding = result?.findings.find((candidate) => candidate.code === code(chosen));
        expect(finding?.figures).toMatchObject(figures);
        const expected = remedy(chosen);
        if (typeof expected === "string") expect(finding?.remedy).toBe(expected);
        else expect(finding?.remedy).toMatch(expected);
        expect(exitCode).toBe(result?.severity === "error" ? 2 : 0);
      },
    );

    it("looks only at the scope that it is given, and shows no more than the sample", async () => {
      const { municipality, province } = await place();
      await database.rows("delete from municipality_coverages");
      const all = await analyze("--check", "missing-coverage", "--sample", "3");
      const expected = await database.rows(
        "select distinct municipality_id from barangays b join obc_communities c on c.barangay_id = b.id",
      );
      expect(all.report.checks[0]?.count).toBe(expected.length);
      expect(all.report.checks[0]?.findings).toHaveLength(3);
      const one = await analyze("--check", "missing-coverage", "--municipality", municipality);
      expect(one.report.checks[0]?.findings.map(({ code }) => code)).toEqual([municipality]);
      const within = await analyze("--check", "missing-coverage", "--province", province, "--sample", "99");
      const prefix = new Set(within.report.checks[0]?.findings.map(({ code }) => code.slice(0, 5)));
      expect([...prefix]).toEqual([province.slice(0, 5)]);
    });

    it("the statement that it gives for a missing trigger or index really mends it", async () => {
      const on = database.kind === "postgres" ? " on obc_communities" : "";
      await database.rows(`drop trigger obc_communities_log_delete${on}`);
      if (database.kind === "postgres") await database.rows("drop function obc_communities_log_delete()");
      await database.rows("drop index barangays_municipality_id_name_index");
      const checks = ["--check", "disabled-triggers", "--check", "missing-indexes"];
      const { report } = await analyze(...checks);
      for (const { findings } of report.checks) {
        for (const { remedy } of findings) {
          for (const statement of database.kind === "postgres" ? [remedy] : [remedy.replace(/;$/, "")]) {
            await database.rows(statement);
          }
        }
      }
      expect((await analyze(...checks)).report.counts).toEqual({ error: 0, warning: 0, info: 0 });
    });

    it("ends with an overview by region that plain SQL agrees with", async () => {
      const { report } = await analyze("--severity", "error");
      const expected = await database.rows<{ code: string; communities: number; population: number }>(
        `select r.code, count(*) as communities, sum(c.estimated_obc_population) as population
           from obc_communities c join barangays b on b.id = c.barangay_id
           join municipalities m on m.id = b.municipality_id join provinces p on p.id = m.province_id
           join regions r on r.id = p.region_id group by r.code order by r.code`,
      );
      const shown = report.regions.filter(({ communities }) => communities > 0);
      expect(shown.map(({ code, communities, population }) => ({ code, communities, population }))).toEqual(expected);
      expect(shown.every(({ coverageShare }) => coverageShare === 1)).toBe(true);
      expect(report.checks.every(({ severity }) => severity === "error")).toBe(true);
    });

    it("prints findings only when it is to be quiet, without colours off a terminal", async () => {
      expect((await database.obcSync(["analyze", "--quiet"])).stdout).toBe("");
      const { municipality_id, municipality } = await place();
      await database.rows("delete from municipality_coverages where municipality_id = ?", municipality_id);
      const { stdout, exitCode } = await database.obcSync(["analyze", "--quiet", "--check", "missing-coverage"]);
      expect(exitCode).toBe(2);
      expect(stdout).toContain(`→ obc-sync sync --municipality ${municipality}`);
      expect(stdout).not.toContain("\u001b");
      expect(stdout).not.toContain("█");
    });

    it("names the checks where one is unknown", async () => {
      const { exitCode, stderr } = await database.obcSync(["analyze", "--check", "nonsense"]);
      expect(exitCode).toBe(1);
      expect(stderr).toContain("stale-coverage");
    });

    it("sends at most one statement a check, and reads only", async () => {
      const list = await database.obcSync(["analyze", "--list", "--json"]);
      expect(documentOf<AnalyzeDocument>(list).checks.length).toBe(new Set(FAULTS.map(({ check }) => check)).size);
    });
  },
  clean,
);
