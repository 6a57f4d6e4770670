import { describe, expect, it } from "vitest";
import {
  findGrowth,
  findOverBudget,
  type ScopePerformance,
  spread,
  summarizeRuns,
} from "../../../src/core/diagnosis/perf.ts";

/** A scope whose syncs sent the given numbers of reads and writes, each of the given milliseconds. */
function scope(label: string, communities: number, reads: number, writes: number, ms = 1): ScopePerformance {
  const statement = (purpose: "read" | "write") => ({ purpose, sql: `${purpose} of ${label}`, ms, rows: 2 });
  const statements = [
    ...new Array(reads).fill(null).map(() => statement("read")),
    ...new Array(writes).fill(null).map(() => statement("write")),
  ];
  const runs = summarizeRuns([{ statements, totalMs: ms * statements.length }]);
  return { label, scope: { kind: "all", units: [] }, name: "", communities, changes: 1, ...runs };
}

describe("the N+1 check", () => {
  it("passes if every scope takes one read and two writes, or fewer", () => {
    const scopes = [scope("one municipality", 9, 1, 2), scope("changed", 100, 1, 0), scope("everything", 600, 1, 2)];
    expect(findGrowth(scopes).ok).toBe(true);
  });

  it("fails if the largest scope takes more than the smallest, and lists the figures", () => {
    const scopes = [scope("everything", 600, 1, 4), scope("one municipality", 9, 1, 2)];
    expect(findGrowth(scopes)).toEqual({
      ok: false,
      figures: [
        { label: "everything", communities: 600, statements: 5 },
        { label: "one municipality", communities: 9, statements: 3 },
      ],
    });
  });

  it("fails if there are as many reads as units, although one unit is within the budget", () => {
    const scopes = [scope("one municipality", 9, 1, 2), scope("one province", 66, 12, 2)];
    expect(findGrowth(scopes).ok).toBe(false);
  });
});

describe("the budget", () => {
  it("counts reads and writes, and accepts exactly as many as allowed", () => {
    const scopes = [scope("everything", 600, 2, 3)];
    expect(findOverBudget(scopes, { maxQueries: 5, maxMs: null })).toEqual([]);
    expect(findOverBudget(scopes, { maxQueries: 4, maxMs: null })).toMatchObject([
      { label: "everything", limit: "max-queries", allowed: 4, measured: 5 },
    ]);
  });

  it("compares the median time, and lists the slowest statements", () => {
    const scopes = [scope("one region", 155, 1, 1, 5), scope("everything", 600, 1, 1, 10)];
    expect(findOverBudget(scopes, { maxQueries: 4, maxMs: 15 })).toEqual([
      {
        label: "everything",
        limit: "max-ms",
        allowed: 15,
        measured: 20,
        statements: ["read of everything", "write of everything"],
      },
    ]);
  });
});

it("the median of an even number of runs is between the two in the middle", () => {
  expect(spread([9, 1, 4, 2])).toEqual({ min: 1, median: 3, max: 9 });
  expect(spread([5])).toEqual({ min: 5, median: 5, max: 5 });
});
