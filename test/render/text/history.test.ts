import { describe, expect, it } from "vitest";
import type { RecordedRun } from "../../../src/core/runs/history-report.ts";
import { rendered } from "../../helpers/reports.ts";

function run(scope: RecordedRun["scope"]): RecordedRun {
  return {
    ...{ id: 1234, command: "sync", scope, communities: 42_011, durationMs: 1260 },
    ...{ municipalities: { created: 3, updated: 4 }, provinces: { created: 1, updated: 2 } },
    finishedAt: "2026-11-24T15:54:39.123Z",
  };
}

const history = (...runs: RecordedRun[]) => rendered({ command: "history", runs });

describe("the text of the history", () => {
  it("has a line for each run with its time, scope and counts", () => {
    const cells = (history(run({ kind: "all", units: [] })).match(/│ +1234 .*/) ?? [""])[0].split(/ *│ */);
    expect(cells.filter((cell) => cell !== "")).toEqual([
      ...["1234", "2026-11-24 15:54:39", "sync", "all", "1.3 s", "42,011", "3", "4", "1", "2"],
    ]);
  });

  it("lists two units of a scope and counts the others", () => {
    expect(history(run({ kind: "municipality", units: ["A", "B", "C", "D"] }))).toContain(
      "municipality A, B and 2 more",
    );
  });

  it("shows the command to type if there are no runs", () => {
    expect(history()).toBe("No sync has run yet. Run: obc-sync sync\n");
  });
});
