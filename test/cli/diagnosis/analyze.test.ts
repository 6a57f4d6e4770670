import { expect, it } from "vitest";
import { FIELDS } from "../../../src/core/fields.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { choosePlace, type Finding, hoursAgo } from "./faults/fault.ts";

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

onEveryDatabase(
  "analyze",
  (database) => {
    const analyze = async (...flags: string[]) => {
      const result = await database.obcSync(["analyze", "--json", ...flags]);
      return { exitCode: result.exitCode, report: JSON.parse(result.stdout) as AnalyzeDocument };
    };

    it("finds nothing in a database without faults", async () => {
      const { exitCode, report } = await analyze();
      expect(report.checks.filter(({ count }) => count > 0)).toEqual([]);
      expect(report.ok).toBe(true);
      expect(exitCode).toBe(0);
    });

    it("checks only the given scope, and shows no more than the sample", async () => {
      const { municipality, province } = await choosePlace(database);
      await database.rows("delete from municipality_coverages");
      const all = await analyze("--check", "missing-coverage", "--sample", "3");
      const expected = await database.rows(
        "select distinct municipality_id from barangays b join obc_communities c on c.barangay_id = b.id",
      );
      expect(all.report.checks[0]?.count).toBe(expected.length);
      expect(all.report.checks[0]?.findings).toHaveLength(3);
      const one = await analyze("--check", "missing-coverage", "--municipality", municipality.code);
      expect(one.report.checks[0]?.findings.map(({ code }) => code)).toEqual([municipality.code]);
      const within = await analyze("--check", "missing-coverage", "--province", province.code, "--sample", "99");
      const prefix = new Set(within.report.checks[0]?.findings.map(({ code }) => code.slice(0, 5)));
      expect([...prefix]).toEqual([province.code.slice(0, 5)]);
    });

    it.each(["estimated_obc_population", "households"])("works with %s curated", async (field) => {
      await database.rows("update municipality_coverages set total_obc_communities = total_obc_communities + 1");
      const { exitCode, report } = await analyze(
        "--curated",
        field,
        "--check",
        "stale-coverage",
        "--check",
        "suspicious-jumps",
      );
      expect(exitCode).toBe(2);
      const [stale] = report.checks;
      expect(stale?.count).toBeGreaterThan(100);
      const shown = Object.keys(stale?.findings[0]?.figures ?? {});
      expect(shown.includes("estimated_obc_population")).toBe(field !== "estimated_obc_population");
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
      const [filled] = await database.rows<{ code: string; share: number }>(
        `select r.code, 1.0 * sum(${FIELDS.map((field) => `(case when c.${field} is null then 0 else 1 end)`).join(" + ")})
                / (count(*) * ${FIELDS.length}) as share
           from obc_communities c join barangays b on b.id = c.barangay_id
           join municipalities m on m.id = b.municipality_id join provinces p on p.id = m.province_id
           join regions r on r.id = p.region_id group by r.code order by r.code limit 1`,
      );
      expect(shown[0]?.completeness).toBeCloseTo(filled?.share ?? 0, 12);
      expect(report.checks.every(({ severity }) => severity === "error")).toBe(true);
    });

    it("prints only findings with --quiet, and no colours in a pipe", async () => {
      expect((await database.obcSync(["analyze", "--quiet"])).stdout).toBe("");
      const { municipality } = await choosePlace(database);
      await database.rows("delete from municipality_coverages where municipality_id = ?", municipality.id);
      const { stdout, exitCode } = await database.obcSync(["analyze", "--quiet", "--check", "missing-coverage"]);
      expect(exitCode).toBe(2);
      expect(stdout).toContain(`→ obc-sync sync --municipality ${municipality.code}`);
      expect(stdout).not.toContain("\u001b");
      expect(stdout).not.toContain("█");
    });

    it("fails on findings of the severity of --fail-on and of higher ones", async () => {
      await database.rows("update province_coverages set auto_sync = false");
      await database.rows("delete from obc_sync_change_log");
      const code = async (failOn: string) => {
        const { exitCode, report } = await analyze("--fail-on", failOn);
        expect(report).toMatchObject({ failOn, ok: exitCode === 0 });
        return exitCode;
      };
      const codes = async () => [await code("never"), await code("error"), await code("warning"), await code("info")];
      expect(await codes()).toEqual([0, 0, 0, 2]);
      await database.rows("update obc_sync_runs set finished_at = ?", hoursAgo(50));
      expect(await codes()).toEqual([0, 0, 2, 2]);
      await database.rows("delete from municipality_coverages");
      expect(await codes()).toEqual([0, 2, 2, 2]);

      const refused = await database.obcSync(["analyze", "--fail-on", "warning", "--severity", "error"]);
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toContain("no check of severity warning runs with --severity error");
    });

    it("takes the maximum age of the latest sync from --max-age", async () => {
      await database.rows("update obc_sync_runs set finished_at = ?", hoursAgo(47));
      const count = async (...flags: string[]) => {
        const { exitCode, report } = await analyze("--check", "last-sync", ...flags);
        expect(exitCode).toBe(0);
        return report.checks[0]?.count;
      };
      expect(await count()).toBe(0);
      expect(await count("--max-age", "47")).toBe(1);
      expect(await count("--max-age", "1000000000000")).toBe(0);
      const refused = await database.obcSync(["analyze", "--max-age", "0"]);
      expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
      expect(refused.stderr).toContain('--max-age "0" is not a whole number of 1 or more');
    });

    it("lists the checks if one is unknown", async () => {
      const { exitCode, stderr } = await database.obcSync(["analyze", "--check", "nonsense"]);
      expect(exitCode).toBe(1);
      expect(stderr).toContain("stale-coverage");
    });
  },
  { stage: "example" },
);
