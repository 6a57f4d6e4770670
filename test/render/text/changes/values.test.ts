import { describe, expect, it } from "vitest";
import type { UnitValue } from "../../../../src/core/sync/unit-change.ts";
import { describeChange } from "../../../../src/render/text/changes/values.ts";
import { plainStyle } from "../../../helpers/reports.ts";

function described(column: string, before: UnitValue, after: UnitValue, details = false): string {
  return describeChange(column, { before, after }, "updated", plainStyle({ details }));
}

describe("the change of a value", () => {
  it.each<[string, UnitValue, UnitValue, string]>([
    ["households", 1234, 1234567, "households 1,234 → 1,234,567"],
    ["households", null, 0, "households none → 0"],
    ["households", 5, null, "households 5 → none"],
    ["latitude", 7.19, 7.2, "latitude 7.19 → 7.2"],
    ["is_deleted", false, true, "archived no → yes"],
    ["auto_sync", true, false, "automatic yes → no"],
    ["settlement_type", "village", "sitio", "settlement_type village → sitio"],
    ["obc_id", "1234", "12345", "obc_id 1234 → 12345"],
  ])("of %s from %j to %j is %s", (column, before, after, text) => {
    expect(described(column, before, after)).toBe(text);
  });

  it("has quotes around a text that is empty, or would not show where it ends", () => {
    expect(described("notes", "", "a → b")).toBe('notes "" → "a → b"');
    expect(described("notes", null, "none")).toBe('notes none → "none"');
    expect(described("community_names", "A, B", " A")).toBe('community_names "A, B" → " A"');
  });

  it("cuts a long text, except with --details", () => {
    const long = "word ".repeat(20).trim();
    expect(described("notes", null, long)).toBe(`notes none → "${long.slice(0, 39)}…"`);
    expect(described("notes", null, long, true)).toBe(`notes none → ${long}`);
  });

  it("has one value for a unit that is created or removed", () => {
    const change = { before: 1234, after: 5678 };
    expect(describeChange("households", change, "created", plainStyle())).toBe("households 5,678");
    expect(describeChange("households", change, "removed", plainStyle())).toBe("households 1,234");
  });

  it("lists at most three names, added or removed", () => {
    expect(described("key_barangays", "A, B", "B, C, D, E")).toBe("key_barangays +C +D +E and 1 more");
    expect(described("key_municipalities", "A, B", "")).toBe("key_municipalities -A -B");
  });
});
