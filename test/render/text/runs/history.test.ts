import { describe, expect, it } from "vitest";
import type { RecordedRun } from "../../../../src/core/runs/run.ts";
import { rendered } from "../../../helpers/reports.ts";

function run(scope: RecordedRun["scope"]): RecordedRun {
  return {
    ...{ id: 1234, command: "sync", actor: "ana@office", scope, communities: 42_011, durationMs: 1260 },
    ...{ file: null, reverts: null, revertedBy: null },
    counts: {
      communities: { created: 0, updated: 1200, removed: 0 },
      municipalities: { created: 3, updated: 4, removed: 0 },
      provinces: { created: 0, updated: 0, removed: 2 },
    },
    startedAt: "2026-11-24T15:54:37.863Z",
    finishedAt: "2026-11-24T15:54:39.123Z",
  };
}

const history = (...runs: RecordedRun[]) => rendered({ command: "history", runs, isSetUp: true });

describe("the text of the history", () => {
  it("has a line for each run with its time, scope and counts", () => {
    const cells = (history(run({ kind: "all", units: [] })).match(/│ +1234 .*/) ?? [""])[0].split(/ *│ */);
    expect(cells.filter((cell) => cell !== "")).toEqual([
      ...["1234", "2026-11-24 15:54:39", "sync", "all", "ana@office", "~1,200", "+3 ~4", "-2", "1.3 s"],
    ]);
  });

  it("names a file without its folder, what a revert takes back, and the run that takes a run back", () => {
    const all = { kind: "all" as const, units: [] };
    const file = { name: "/home/ana/field office/list 3.csv", sha256: "00" };
    const text = history(
      { ...run(all), id: 12, command: "revert", reverts: 7 },
      { ...run(all), id: 7, command: "import", file, revertedBy: 12 },
    );
    expect(text).toMatch(/│ +12 │ [^│]+ │ revert 7 +│.*│ +│ 1\.3 s │/);
    expect(text).toMatch(/│ +7 │ [^│]+ │ import list 3\.csv +│.*│ +12 │ 1\.3 s │/);
  });

  it("lists two units of a scope and counts the others", () => {
    expect(history(run({ kind: "municipality", units: ["A", "B", "C", "D"] }))).toContain(
      "municipality A, B and 2 more",
    );
  });

  it("shows the command to type if there are no runs", () => {
    expect(history()).toBe("Nothing has run yet. Run: obc-sync sync\n");
  });
});
