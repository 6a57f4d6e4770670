import { describe, expect, it } from "vitest";
import { parseCommunityAssignments, parseCoverageAssignments } from "../../../src/core/records/assignment.ts";

describe("assignments to a community", () => {
  it("are parsed as cells are, and an empty one clears the field", () => {
    expect(parseCommunityAssignments(["households=1,234", "notes=a=b", "families="])).toEqual({
      households: 1234,
      notes: "a=b",
      families: null,
    });
  });

  it.each([
    [["households"], '"households" does not have the form field=value'],
    [["=5"], '"=5" does not have the form'],
    [["house_holds=5"], 'unknown field "house_holds"'],
    [["households=5", "households=6"], '"households" is given more than once'],
    [["households=-1"], 'households: "-1": a figure cannot be negative'],
    [["total_obc_communities=5"], 'unknown field "total_obc_communities"'],
  ])("%j are refused", (assignments, message) => {
    expect(() => parseCommunityAssignments(assignments)).toThrow(message);
  });
});

describe("assignments to a coverage", () => {
  it("accept figures above 32 bits, names and the support programs", () => {
    const values = ["households=4294967296", "key_barangays= A, B ", "existing_support_programs=4Ps"];
    expect(parseCoverageAssignments(values)).toEqual({
      households: 4_294_967_296,
      key_barangays: "A, B",
      existing_support_programs: "4Ps",
    });
  });

  it("that are empty result in null, but 0 for a count of units and no names for a list", () => {
    const values = ["households=", "total_obc_communities=", "key_barangays=", "existing_support_programs="];
    expect(parseCoverageAssignments(values)).toEqual({
      households: null,
      total_obc_communities: 0,
      key_barangays: "",
      existing_support_programs: null,
    });
  });
});
