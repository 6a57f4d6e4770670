import { describe, expect, it } from "vitest";
import { type CoverageValue, PlannedChange } from "../../../src/core/sync/planned-change.ts";

const COLUMNS = ["total_obc_communities", "key_barangays", "households", "families"];

function change(stored: CoverageValue[], values: CoverageValue[]): PlannedChange {
  const unit = { level: "municipality", unitId: 1, code: "1001301000", name: "Baungon", parent: "Bukidnon" } as const;
  return new PlannedChange({ ...unit, action: "updated", version: null }, COLUMNS, stored, values);
}

describe("a planned change", () => {
  const planned = change([2, "A", null, 7], [2, "A, B", 0, 7]);

  it("names its values before and after", () => {
    expect(planned.before).toEqual({ total_obc_communities: 2, key_barangays: "A", households: null, families: 7 });
    expect(planned.after).toEqual({ total_obc_communities: 2, key_barangays: "A, B", households: 0, families: 7 });
  });

  it("is plain data, with its values by name", () => {
    const { before, after, fields } = planned;
    expect(structuredClone({ ...planned })).toMatchObject({ code: "1001301000", before, after, fields });
    expect(JSON.parse(JSON.stringify(planned))).toMatchObject({ name: "Baungon", before, after, fields });
  });

  it("has the columns that differ as its fields, and null differs from 0", () => {
    expect(planned.fields).toEqual({
      key_barangays: { before: "A", after: "A, B" },
      households: { before: null, after: 0 },
    });
    expect(change([2, "A", 1, 7], [2, "A", 1, 7]).fields).toEqual({});
  });

  it("takes another form of its texts, and keeps its figures", () => {
    const shouted = planned.withTexts((text) => text.toUpperCase());
    expect(shouted).toMatchObject({ name: "BAUNGON", parent: "BUKIDNON", code: "1001301000", unitId: 1 });
    expect(change([1, "a", 1, 1], [1, "b", 2, 1]).withTexts((text) => text.toUpperCase()).fields).toEqual({
      key_barangays: { before: "A", after: "B" },
      households: { before: 1, after: 2 },
    });
  });

  it("is not copied if its texts have the form", () => {
    expect(planned.withTexts((text) => text)).toBe(planned);
    expect(planned.withTexts((text) => text.replace("B", "b"))).not.toBe(planned);
  });
});
