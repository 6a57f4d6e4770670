import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { projectFolder } from "../../helpers/project.ts";

const CREATE_INDEX = "create index barangays_municipality_id_name_index on barangays (municipality_id, name);";

interface PerfDocument {
  ok: boolean;
  database: { kind: string; name: string; version: string };
  budget: { maxQueries: number; maxMs: number | null };
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
    statements?: Array<{ purpose: string; sql: string; ms: number; rows: number }>;
  }>;
  growth: { ok: boolean; figures: Array<{ label: string; communities: number; statements: number }> };
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
      log: await database.rows("select * from obc_sync_change_log order by id"),
      runs: await database.rows("select * from obc_sync_runs order by id"),
    });

    it("counts real syncs of every scope, which write all coverages in it, and rolls them back", async () => {
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

    it("writes nothing with --as-is if everything is synced", async () => {
      const { report } = await perf("--as-is");
      expect(report.scopes.every(({ queries, rowsWritten }) => queries.write === 0 && rowsWritten === 0)).toBe(true);
    });

    it("exits 2 over its budget, and prints the scope and the statements", async () => {
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

    it("--explain lists full scans, and a missing index with the statement that creates it", async () => {
      const sound = await perf("--explain");
      const labels = sound.report.scopes.map(({ label }) => label);
      expect(sound.report.explanations?.map(({ label }) => label)).toEqual(labels);
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
          createIndex: CREATE_INDEX,
        },
      ]);
      const changed = report.explanations?.find(({ label }) => label === "changed");
      expect(changed?.fullScans).toContainEqual(expect.objectContaining({ table: "barangays", expected: false }));
      const { stdout } = await database.obcSync(["perf", "--runs", "1", "--explain"]);
      expect(stdout).toMatch(/^! one municipality: full scan of barangays \(42,011 rows\): an index is missing/m);
      expect(stdout).toMatch(/^· everything: full scan of barangays \(42,011 rows\): expected/m);
      // Once, in full, for copying; a quiet run prints only that.
      const missing = `✗ Missing index on barangays (municipality_id, name)\n    → ${CREATE_INDEX}\n`;
      expect(stdout.split(missing)).toHaveLength(2);
      expect((await database.obcSync(["perf", "--runs", "1", "--explain", "--quiet"])).stdout).toBe(missing);
      await database.rows(CREATE_INDEX.replace(";", ""));
      const fixed = await perf("--explain");
      expect(fixed.report.explanations?.flatMap(({ missingIndexes }) => missingIndexes)).toEqual([]);
    });

    it("has in JSON the keys that docs/json.md describes, and no others", async () => {
      const { report } = await perf("--max-queries", "2", "--explain", "--show-sql");
      const first = <Item>(items: readonly Item[] | null | undefined) => items?.[0] ?? {};
      const keys: Array<[object, string]> = [
        [
          report,
          "formatVersion command ok database rows runs outOfDate budget scopes growth overBudget explanations durationMs",
        ],
        [report.database, "kind name version"],
        [report.budget, "maxQueries maxMs"],
        [
          first(report.scopes),
          "label scope name communities changes queries timesMs statementsMs totalMs rowsRead rowsWritten statements",
        ],
        [first(report.scopes.at(-1)?.statements), "purpose sql ms rows"],
        [report.scopes[0]?.totalMs ?? {}, "min median max"],
        [report.growth, "ok figures"],
        [first(report.growth.figures), "label communities statements"],
        [first(report.overBudget), "label limit allowed measured statements"],
        [first(report.explanations), "label steps fullScans missingIndexes"],
        [first(report.explanations?.at(-1)?.fullScans), "table rows expected"],
      ];
      const page = await readFile(join(projectFolder, "docs/json.md"), "utf8");
      const section = page.split(/^## /m).find((text) => text.startsWith("perf\n"));
      for (const [object, expected] of keys) {
        expect(Object.keys(object).toSorted()).toEqual(expected.split(" ").toSorted());
        // The first keys of every document are described at the top of the page.
        const own = Object.keys(object).filter((key) => key !== "formatVersion");
        for (const key of own) expect(section).toMatch(new RegExp(`[\`.]${key}\``));
      }
    });

    it("prints what it ran, on which database and on how many rows", async () => {
      const { stdout } = await database.obcSync(["perf", "--runs", "1", "--show-sql"]);
      expect(stdout).toContain("all rolled back");
      expect(stdout).toContain(database.kind === "sqlite" ? "Database: SQLite 3." : "Database: PostgreSQL ");
      expect(stdout).toContain("barangays 42,011");
      expect(stdout).toContain("/* obc-sync write */ insert into municipality_coverages");
      expect(stdout).not.toContain("\u001b");
    });
  },
  { stage: "example" },
);
