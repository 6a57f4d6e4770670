import { describe, expect, it } from "vitest";
import {
  type CommunityValues,
  checkCommunityValues,
  communityDifferences,
} from "../../../src/core/records/community.ts";

describe("differences of a community", () => {
  it("are the columns that changed, and null differs from 0", () => {
    const before = { households: null, families: 3, notes: "a" };
    expect(communityDifferences(before, { households: 0, families: 3, notes: null })).toEqual({
      households: { before: null, after: 0 },
      notes: { before: "a", after: null },
    });
  });

  it("are all of its values if it was added or removed", () => {
    expect(communityDifferences(null, { households: 5 })).toEqual({ households: { before: null, after: 5 } });
    expect(communityDifferences({ households: 5 }, null)).toEqual({ households: { before: 5, after: null } });
  });
});

describe("values that a program passes", () => {
  it.each<CommunityValues>([
    { households: 0, notes: "x", latitude: -90, longitude: 180 },
    { households: 2_147_483_647, families: null, notes: null },
    {},
  ])("%j are accepted", (values) => {
    expect(() => checkCommunityValues(values)).not.toThrow();
  });

  it.each([
    [{ house_holds: 5 }, 'a community has no "house_holds"'],
    [{ households: 1.5 }, "households cannot be 1.5"],
    [{ households: -1 }, "households cannot be -1"],
    [{ households: 2_147_483_648 }, "households cannot be 2147483648"],
    [{ households: Number.NaN }, "households cannot be NaN"],
    [{ latitude: 91 }, "latitude cannot be 91"],
  ])("%j are refused", (values, message) => {
    expect(() => checkCommunityValues(values as CommunityValues)).toThrow(message);
  });
});
