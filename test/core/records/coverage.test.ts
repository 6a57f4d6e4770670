import { describe, expect, it } from "vitest";
import { givenCoverageValues, reconcile } from "../../../src/core/records/coverage.ts";
import type { CoverageValue } from "../../../src/core/sync/planned-change.ts";

it("a reconciliation has the attributed figure, the unattributed figure, and the rate", () => {
  const values = { households: 200, families: 50, women_count: 0, pwd_count: null };
  const beneath = { households: 150, families: 60, women_count: 0, pwd_count: 4 };
  const row = (
    field: string,
    total: number | null,
    attributed: number,
    unattributed: number | null,
    rate: number | null,
  ) => ({
    ...{ field, total, attributed, unattributed },
    attributionRate: rate,
  });
  expect(reconcile(values, beneath, ["households", "families", "women_count", "pwd_count", "idps_count"])).toEqual([
    row("households", 200, 150, 50, 0.75),
    row("families", 50, 60, -10, 1.2),
    row("women_count", 0, 0, 0, null),
    row("pwd_count", null, 4, null, null),
    row("idps_count", null, 0, null, null),
  ]);
});

describe("values of a coverage", () => {
  it.each<[Record<string, CoverageValue>]>([
    [{ households: 9_007_199_254_740_991, key_barangays: "", total_obc_communities: 0 }],
    [{ households: null, existing_support_programs: null }],
  ])("%j are taken", (values) => {
    expect(givenCoverageValues("municipality", values)).toEqual(values);
  });

  it.each<[Record<string, CoverageValue>, string]>([
    [{ key_municipalities: "A", total_municipalities: 1 }, "has no key_municipalities, total_municipalities"],
    [{ households: 1.5 }, "households cannot be 1.5"],
    [{ households: 9_007_199_254_740_992 }, "households cannot be 9007199254740992"],
    [{ households: "5" }, 'households cannot be "5"'],
    [{ total_obc_communities: null }, "total_obc_communities cannot be null"],
    [{ key_barangays: null }, "key_barangays cannot be null"],
    [{ key_barangays: 5 }, "key_barangays cannot be 5"],
  ])("%j are refused", (values, message) => {
    expect(() => givenCoverageValues("municipality", values)).toThrow(message);
  });
});
