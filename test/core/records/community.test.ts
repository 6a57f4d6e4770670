import { describe, expect, it } from "vitest";
import { UsageError } from "../../../src/core/errors.ts";
import {
  type CommunityValues,
  communityDifferences,
  givenCommunityValues,
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
  ])("%j are taken", (values) => {
    expect(givenCommunityValues(values)).toEqual(values);
  });

  it("are not given where they are undefined", () => {
    expect(Object.keys(givenCommunityValues({ households: undefined, families: 3, notes: undefined }))).toEqual([
      "families",
    ]);
  });

  it.each([
    [{ house_holds: 5 }, 'a community has no "house_holds"'],
    [{ house_holds: undefined }, 'a community has no "house_holds"'],
    [{ households: 1.5 }, "households cannot be 1.5"],
    [{ households: -1 }, "households cannot be -1"],
    [{ households: 2_147_483_648 }, "households cannot be 2147483648"],
    [{ households: Number.NaN }, "households cannot be NaN"],
    [{ households: "12" }, 'households cannot be "12"'],
    [{ households: true }, "households cannot be true"],
    [{ households: 12n }, "households cannot be 12"],
    [{ households: {} }, "households cannot be an object"],
    [{ households: [12] }, "households cannot be an array"],
    [{ households: new Date(0) }, "households cannot be a Date"],
    [{ households: () => 12 }, "households cannot be a function"],
    [{ households: Symbol("12") }, "households cannot be a symbol"],
    [{ latitude: 91 }, "latitude cannot be 91"],
    [{ latitude: "8.5" }, 'latitude cannot be "8.5"'],
    [{ latitude: true }, "latitude cannot be true"],
    [{ longitude: Number.NaN }, "longitude cannot be NaN"],
    [{ longitude: [124] }, "longitude cannot be an array"],
    [{ notes: 5 }, "notes cannot be 5"],
    [{ notes: true }, "notes cannot be true"],
    [{ notes: { text: "x" } }, "notes cannot be an object"],
    [{ notes: new Date(0) }, "notes cannot be a Date"],
    [{ notes: "a\u0000b" }, 'notes cannot be "a\\u0000b"'],
    [{ notes: "\ud800" }, "notes cannot be"],
  ])("%o are refused", (values, message) => {
    expect(() => givenCommunityValues(values as CommunityValues)).toThrow(message);
  });

  it.each([[null], [undefined], ["households=5"], [5], [[5]]])("%o is not an object of values", (values) => {
    expect(() => givenCommunityValues(values as CommunityValues)).toThrow(UsageError);
  });
});
