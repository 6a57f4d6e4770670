import { describe, expect, it } from "vitest";
import {
  changedShare,
  describeTotalChange,
  municipalityTotals,
  withArchived,
} from "../../../src/core/import/import-totals.ts";
import { type CoverageValue, PlannedChange } from "../../../src/core/sync/planned-change.ts";
import { emptyPlan } from "../../../src/core/sync/sync-plan.ts";

it.each([
  [1_200, 2_400, "+100.0 %"],
  [1_000, 1_125, "+12.5 %"],
  [1_000, 0, "-100.0 %"],
  [1_000, 996, "-0.4 %"],
  [5, 6_005, "+120,000.0 %"],
  [7, 7, "0.0 %"],
  [0, 0, "0.0 %"],
  [0, 1, "new"],
])("the change from %d to %d is %s", (before, after, text) => {
  expect(describeTotalChange({ before, after })).toBe(text);
});

it("the share of a change is of the total before", () => {
  expect(changedShare({ before: 200, after: 250 })).toBe(0.25);
  expect(changedShare({ before: 200, after: 150 })).toBe(0.25);
  expect(changedShare({ before: 0, after: 0 })).toBe(0);
  expect(changedShare({ before: 0, after: 1 })).toBe(Number.POSITIVE_INFINITY);
});

describe("the totals of municipality coverages", () => {
  const columns = {
    municipality: ["total_obc_communities", "key_barangays", "households", "estimated_obc_population"],
    province: ["households"],
  };
  const change = (
    level: "municipality" | "province",
    action: "created" | "updated",
    before: CoverageValue[],
    after: CoverageValue[],
  ) => {
    const unit = { level, unitId: 1, code: "1", name: "A", parent: "B", action, version: null };
    return new PlannedChange(unit, columns[level], before, after);
  };

  it("are the sums over those that change, without names and without columns that hold nothing", () => {
    const plan = {
      ...emptyPlan({ kind: "all" }, columns),
      changes: [
        change("municipality", "updated", [2, "A, B", 10, null], [3, "A, B, C", 15, null]),
        change("municipality", "created", [null, null, null, null], [1, "D", 4, null]),
        change("province", "updated", [100], [200]),
      ],
    };
    expect(municipalityTotals(plan)).toEqual({
      total_obc_communities: { before: 2, after: 4 },
      households: { before: 10, after: 19 },
    });
  });

  it("are none if no coverage changes", () => {
    expect(municipalityTotals(emptyPlan({ kind: "all" }, columns))).toEqual({});
  });
});

it("communities that are archived count before, and no longer after", () => {
  const totals = { total_obc_communities: { before: 3, after: 4 }, households: { before: 30, after: 44 } };
  expect(withArchived(totals, { total_obc_communities: 2, households: 7, families: 9 })).toEqual({
    total_obc_communities: { before: 5, after: 4 },
    households: { before: 37, after: 44 },
  });
});
