import { expect, it } from "vitest";
import * as library from "../../../src/index.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";

const ALUDAS = "1001302001";

onEveryDatabase(
  "the history of one unit",
  (database) => {
    it("is found by the key of each run, without reading what the runs changed elsewhere", async () => {
      const sent: Array<{ sql: string; bindings: unknown[] }> = [];
      database.knex.on("query", (statement) => sent.push(statement));
      const { entries } = await library.unitHistory(database.knex, { community: ALUDAS });
      expect(entries.map(({ run, change }) => [run.command, change.action])).toEqual([["import", "created"]]);
      const { sql, bindings } = sent.find((statement) => statement.sql.includes("kept_changes")) ?? {
        sql: "",
        bindings: [],
      };
      if (database.kind === "sqlite") {
        const plan = await database.rows<{ detail: string }>(`explain query plan ${sql}`, ...(bindings as string[]));
        expect(plan.map(({ detail }) => detail).join("\n")).toMatch(
          /SEARCH kept USING PRIMARY KEY \(run_id=\? AND level=\? AND unit_id=\?\)/,
        );
        return;
      }
      // A hundred national runs, of which the planner knows.
      await database.rows(
        `insert into obc_sync_runs (id, command, actor, started_at, finished_at, duration_ms, scope_kind, scope_units, counts)
          select n, 'sync', 'a', now(), now(), 1, 'all', '[]', '{}' from generate_series(1000, 1100) n`,
      );
      await database.rows(
        `insert into obc_sync_run_values (run_id, level, unit_id, code, action, changes)
          select n, 'community', id, code, 'updated', '[18,1,2]' from generate_series(1000, 1100) n
            cross join (select id, code from barangays limit 2000) barangay`,
      );
      await database.rows("analyze obc_sync_runs, obc_sync_run_values");
      const plan = await database.rows<Record<string, string>>(`explain ${sql}`, ...(bindings as string[]));
      expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).not.toMatch(/Seq Scan on obc_sync_run_values/);
    });

    it("is found for a place that no longer exists, by the code that the runs have kept", async () => {
      await library.removeCommunity(database.knex, ALUDAS);
      await database.rows("delete from barangays where code = ?", ALUDAS);
      const { unit, entries } = await library.unitHistory(database.knex, { community: ALUDAS });
      expect(unit).toEqual({ level: "community", code: ALUDAS, name: ALUDAS, parent: "" });
      expect(entries.map(({ change }) => change.action)).toEqual(["removed", "created"]);
      expect(await database.obcSync(["history", "--community", ALUDAS])).toMatchObject({ exitCode: 0 });
      const unknown = library.unitHistory(database.knex, { community: "1001302999" });
      await expect(unknown).rejects.toMatchObject({ code: "UNIT_UNKNOWN" });
    });

    it("and the other functions of runs say which argument is wrong", async () => {
      const { knex } = database;
      const untyped = library as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
      for (const [name, given, message] of [
        ["history", [{ limit: -1 }], "limit cannot be -1"],
        ["history", [{ limit: Number.NaN }], "limit cannot be NaN"],
        ["unitHistory", [{ community: ALUDAS }, { limit: "5" }], 'limit cannot be "5"'],
        ["unitHistory", [], "the unit cannot be undefined"],
        ["unitHistory", [{ coverage: "Damulog" }], "the unit cannot be undefined"],
        ["showRun", [], "run cannot be undefined"],
        ["pruneHistory", [], "options cannot be undefined"],
        ["pruneHistory", [{}], "before cannot be undefined"],
        ["pruneHistory", [{ before: new Date("never") }], "before cannot be an invalid Date"],
        ["revert", [{}], "run cannot be undefined"],
        ["planRevert", [{ run: "first" }], 'run cannot be "first"'],
        ["planImport", [{}], "file cannot be undefined"],
        ["savePlan", [{}], "planFile cannot be undefined"],
        ["applyPlanFile", [], "file cannot be undefined"],
      ] as const) {
        const called = (untyped[name] as (...given: unknown[]) => Promise<unknown>)(knex, ...given);
        await expect(called, name).rejects.toMatchObject({ code: "USAGE", message });
      }
      await expect(untyped.apply?.(knex)).rejects.toMatchObject({
        code: "INPUT_INVALID",
        message: expect.stringContaining("cannot be undefined"),
      });
    });
  },
  { stage: "example" },
);
