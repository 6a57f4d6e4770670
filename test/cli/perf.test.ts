import { expect, it } from "vitest";
import { onEveryDatabase } from "../helpers/databases.ts";

interface PerfDocument {
  ok: boolean;
  database: { kind: string; version: string };
  rows: Record<string, number>;
  scopes: Array<{
    label: string;
    scope: { kind: string; units: string[] };
    communities: number;
    changes: number;
    queries: { read: number; write: number; bookkeeping: number; control: number };
    totalMs: { min: number; median: number; max: number };
    rowsRead: number;
    rowsWritten: number;
  }>;
  growth: { ok: boolean };
  overBudget: Array<{ label: string; limit: string; allowed: number; measured: number; statements: string[] }>;
  explanations: Array<{
    label: string;
    steps: string[];
    fullScans: Array<{ table: string; expected: boolean }>;
    missingIndexes: Array<{ table: string; createIndex: string }>;
  }> | null;
}

onEveryDatabase(
  "perf",
  (database) => {
    const perf = async (...flags: string[]) => {
      const { stdout, exitCode } = await database.obcSync(["perf", "--json", "--runs", "1", ...flags]);
      return { exitCode, report: JSON.parse(stdout) as PerfDocument };
    };
    const everything = async () => ({
      municipalities: await database.rows("select * from municipality_coverages order by municipality_id"),
      provinces: await database.rows("select * from province_coverages order by province_id"),
      communities: await database.rows("select * from obc_communities order by barangay_id"),
      log: await database.rows("select * from change_log order by id"),
      runs: await database.rows("select * from sync_runs order by id"),
    });

    it("counts real syncs of every scope, with all of their coverages written, and undoes them", async () => {
      const before = await everything();
      const { exitCode, report } = await perf();
      expect(await everything()).toEqual(before);
      expect(exitCode).toBe(0);
      expect(report.scopes.map(({ label }) => label)).toEqual([
        "changed",
        "one municipality",
        "one province",
        "one region",
        "everything",
      ]);
      for (const { queries } of report.scopes) expect(queries).toMatchObject({ read: 1, write: 2 });
      expect(report.growth.ok).toBe(true);
      const all = report.scopes.at(-1);
      expect(all?.rowsWritten).toBe(before.municipalities.length + before.provinces.length);
      expect(all?.communities).toBe(before.communities.length);
      expect(report.scopes[1]?.rowsWritten).toBe(2);
      expect(report.rows).toMatchObject({ barangays: 42_011, obc_communities: before.communities.length });
    });

    it("writes nothing with --as-is where everything is in step", async () => {
      const { report } = await perf("--as-is");
      expect(report.scopes.every(({ queries, rowsWritten }) => queries.write === 0 && rowsWritten === 0)).toBe(true);
    });

    it("exits 2 over its budget, and names the scope and the statements", async () => {
      const { exitCode, report } = await perf("--max-queries", "2", "--max-ms", "0");
      expect(exitCode).toBe(2);
      const queries = report.overBudget.filter(({ limit }) => limit === "max-queries");
      expect(queries).toHaveLength(5);
      expect(queries.at(-1)).toMatchObject({ label: "everything", allowed: 2, measured: 3 });
      expect(queries.at(-1)?.statements.map((sql) => /obc-sync (\w+)/.exec(sql)?.[1])).toEqual([
        "read",
        "write",
        "write",
      ]);
      expect(report.overBudget.filter(({ limit }) => limit === "max-ms")).toHaveLength(5);
      const text = await database.obcSync(["perf", "--quiet", "--runs", "1", "--max-queries", "2"]);
      expect(text.exitCode).toBe(2);
      expect(text.stdout).toContain("Over budget: everything: 3 reads and writes, --max-queries allows 2");
    });

    it("--explain names full scans, and the index that is missing with what creates it", async () => {
      const sound = await perf("--explain");
      const narrow = sound.report.explanations?.find(({ label }) => label === "one municipality");
      expect(narrow?.fullScans).toEqual([]);
      expect(narrow?.missingIndexes).toEqual([]);
      expect(narrow?.steps.length).toBeGreaterThan(5);
      await database.rows("drop index barangays_municipality_id_name_index");
      const { report } = await perf("--explain");
      const worse = report.explanations?.find(({ label }) => label === "one municipality");
      expect(worse?.fullScans).toMatchObject([{ table: "barangays", expected: false }]);
      expect(worse?.missingIndexes).toMatchObject([
        {
          table: "barangays",
          createIndex: "create index barangays_municipality_id_name_index on barangays (municipality_id, name);",
        },
      ]);
    });

    it("says what it ran, on which database and on how many rows", async () => {
      const { stdout } = await database.obcSync(["perf", "--runs", "1", "--show-sql"]);
      expect(stdout).toContain("everything undone");
      expect(stdout).toContain(database.kind === "sqlite" ? "Database: SQLite 3." : "Database: PostgreSQL ");
      expect(stdout).toContain("barangays 42,011");
      expect(stdout).toContain("/* obc-sync write */ insert into municipality_coverages");
      expect(stdout).not.toContain("\u001b");
    });
  },
  { stage: "example" },
);
