import { describe, expect, it } from "vitest";
import { COMMUNITY_COLUMNS } from "../../../src/core/records/community.ts";
import { coverageColumns } from "../../../src/core/records/coverage.ts";
import { decodeFields, encodeFields, trailPosition } from "../../../src/core/runs/trail-columns.ts";

const asIs = (text: string) => text;

describe("the changes of a unit as a run stores them", () => {
  it("are read as they were written, whatever the values are", () => {
    const fields = {
      is_deleted: { before: false, after: true },
      notes: { before: null, after: 'ñ, "q"\n\u2028' },
      latitude: { before: 7.123456789012345, after: -0.1 },
      households: { before: 0, after: 9_007_199_254_740_991 },
    };
    expect(decodeFields(encodeFields("updated", fields), "updated", asIs)).toEqual(fields);
    for (const action of ["created", "updated", "removed"] as const) {
      expect(decodeFields(encodeFields(action, {}), action, asIs)).toEqual({});
    }
  });

  it("have one value of each column where the unit is created or removed", () => {
    const created = { notes: { before: null, after: "x" }, households: { before: null, after: 0 } };
    expect(encodeFields("created", created)).toBe('[13,"x",18,0]');
    expect(decodeFields('[13,"x",18,0]', "created", asIs)).toEqual(created);
    const removed = { notes: { before: "x", after: null }, households: { before: 0, after: null } };
    expect(encodeFields("removed", removed)).toBe('[13,"x",18,0]');
    expect(decodeFields('[13,"x",18,0]', "removed", asIs)).toEqual(removed);
  });

  it("have another form of every text, and only of texts", () => {
    const stored = encodeFields("updated", {
      notes: { before: "a", after: null },
      households: { before: 1, after: 2 },
    });
    expect(decodeFields(stored, "updated", (text) => text.toUpperCase())).toEqual({
      notes: { before: "A", after: null },
      households: { before: 1, after: 2 },
    });
  });

  it("name every column that a run can change by a number of its own", () => {
    const columns = ["is_deleted", "auto_sync", ...COMMUNITY_COLUMNS, ...coverageColumns("municipality")];
    const all = [...new Set([...columns, ...coverageColumns("province")])];
    expect(new Set(all.map(trailPosition)).size).toBe(all.length);
    expect(() => trailPosition("deleted_by_id")).toThrow(TypeError);
  });

  /** Runs that are stored have these numbers: a new column has to come last. */
  it("keep their numbers", () => {
    const numbers = ["is_deleted", "total_obc_communities", "obc_id", "notes", "latitude", "households"].map(
      trailPosition,
    );
    expect(numbers).toEqual([0, 4, 7, 13, 14, 18]);
    expect(trailPosition("religious_leaders_count")).toBe(44);
  });
});
