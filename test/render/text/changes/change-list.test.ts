import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import type { UnitChange, ValueChange } from "../../../../src/core/sync/unit-change.ts";
import { changeList } from "../../../../src/render/text/changes/change-list.ts";
import type { Tense } from "../../../../src/render/text/changes/unit-lines.ts";
import type { Style } from "../../../../src/render/text/style.ts";
import { plainStyle } from "../../../helpers/reports.ts";

function change(fields: Record<string, ValueChange>, unit: Partial<UnitChange> = {}): UnitChange {
  const aludas = { level: "community", code: "1001302001", name: "Aludas", parent: "Damulog" } as const;
  return { ...aludas, province: "Bukidnon", action: "updated", fields, ...unit };
}

function lines(changes: UnitChange[], tense: Tense = "done", style: Partial<Style> = {}): string[] {
  return [...changeList(changes, tense, plainStyle(style))];
}

const doubled = { estimated_obc_population: { before: 166, after: 332 }, households: { before: 40, after: 80 } };

describe("a changed unit", () => {
  it("is one line with its place and its values", () => {
    expect(lines([change(doubled)], "planned")).toEqual([
      "  ~ Would update: Aludas, Damulog, Bukidnon   estimated_obc_population 166 → 332, households 40 → 80",
    ]);
  });

  it("has a mark, a verb and a colour for each action", () => {
    const actions = ["created", "updated", "removed"] as const;
    const changes = actions.map((action) => change({}, { action }));
    expect(lines(changes, "done", { paint: new Chalk({ level: 1 }) })).toEqual([
      "\u001b[32m  + Created: Aludas, Damulog, Bukidnon\u001b[39m",
      "\u001b[36m  ~ Updated: Aludas, Damulog, Bukidnon\u001b[39m",
      "\u001b[31m  - Removed: Aludas, Damulog, Bukidnon\u001b[39m",
    ]);
    expect(lines(changes, "planned").map((line) => line.slice(4, 16))).toEqual([
      ...["Would create", "Would update", "Would remove"],
    ]);
  });

  it("has only the values that a created or a removed unit has", () => {
    const fields = {
      households: { before: null, after: 5 },
      families: { before: null, after: 0 },
      notes: { before: null, after: "" },
      is_deleted: { before: null, after: false },
    };
    expect(lines([change(fields, { action: "created" })])).toEqual([
      "  + Created: Aludas, Damulog, Bukidnon   households 5",
    ]);
    const removed = { households: { before: 5, after: null }, families: { before: 0, after: null } };
    expect(lines([change(removed, { action: "removed" })])).toEqual([
      "  - Removed: Aludas, Damulog, Bukidnon   households 5",
    ]);
  });

  it("lists four fields and counts the others, and every field with --details", () => {
    const columns = ["families", "women_count", "pwd_count", "farmers_count", "idps_count", "csos_count"];
    const fields = Object.fromEntries(columns.map((column) => [column, { before: 1, after: 2 }]));
    expect(lines([change(fields)])[0]).toMatch(/ {3}families 1 → 2, .*, farmers_count 1 → 2, and 2 more$/);
    expect(lines([change(fields)], "done", { details: true })).toEqual([
      "  ~ Updated: Aludas, Damulog, Bukidnon",
      ...columns.map((column) => `      ${column} 1 → 2`),
    ]);
  });

  it("has its values below on a narrow terminal", () => {
    expect(lines([change(doubled)], "done", { width: 80 })).toEqual([
      "  ~ Updated: Aludas, Damulog, Bukidnon",
      "      estimated_obc_population 166 → 332, households 40 → 80",
    ]);
  });
});

/** Communities of two provinces, more than are listed one by one. */
const MANY: UnitChange[] = Array.from({ length: 50 }, (_, index) =>
  change(
    { estimated_obc_population: { before: 2000, after: 2001 + index }, households: { before: 10, after: 9 } },
    index < 20
      ? { code: `19088010${index + 10}`, name: `B${index}`, parent: "Marawi City", province: "Lanao del Sur" }
      : { code: `10013020${index}`, name: `B${index}` },
  ),
);

describe("the digest of many changes", () => {
  const cells = (digest: string[], name: string) =>
    (digest.find((line) => line.startsWith(`│ ${name} `)) ?? "")
      .split("│")
      .slice(2, -1)
      .map((cell) => cell.trim());

  it("adds up the communities of each province, ordered by code", () => {
    const digest = lines(MANY);
    expect(digest[0]).toBe("Changes by province; figures are sums of the changed communities");
    expect(digest.slice(5, 7).map((line) => line.slice(2, 10))).toEqual(["Bukidnon", "Lanao de"]);
    // 2001 + 2002 + ... for the first 20, and then for the 30 others
    expect(cells(digest, "Lanao del Sur")).toEqual([
      ...["20", "40,000", "40,210", "+210 (+0.5 %)", "200", "180", "-20 (-10.0 %)"],
    ]);
    expect(cells(digest, "Bukidnon")).toEqual([
      ...["30", "60,000", "61,065", "+1,065 (+1.8 %)", "300", "270", "-30 (-10.0 %)"],
    ]);
    expect(cells(digest, "Total")).toEqual([
      ...["50", "100,000", "101,275", "+1,275 (+1.3 %)", "500", "450", "-50 (-10.0 %)"],
    ]);
    expect(digest.at(-1)).toBe("With --details: all 50 units with every field.");
  });

  it("lists the ten largest changes, those of households where the population does not change", () => {
    const moved = change({ households: { before: 0, after: 45 } }, { name: "Moved" });
    const removed = change(
      { estimated_obc_population: { before: 3000, after: null } },
      { name: "Gone", action: "removed" },
    );
    const digest = lines([...MANY, moved, removed], "planned");
    const largest = digest.slice(digest.indexOf("Largest changes of communities") + 1, -2);
    expect(largest).toHaveLength(10);
    expect(largest[0]).toBe("  - Would remove: Gone, Damulog, Bukidnon   estimated_obc_population 3,000");
    expect(largest[1]).toBe(
      "  ~ Would update: B49, Damulog, Bukidnon   estimated_obc_population 2,000 → 2,050, +50 (+2.5 %)",
    );
    expect(largest[7]).toBe("  ~ Would update: Moved, Damulog, Bukidnon   households 0 → 45, +45");
    expect(largest[9]).toMatch(/ B42, /);
  });

  it("has the figures of the provinces themselves where those change", () => {
    const province = change(
      { estimated_obc_population: { before: 900_000, after: 901_000 } },
      { level: "province", code: "1001300000", name: "Bukidnon", parent: "Region X", action: "updated" },
    );
    const { province: _, ...coverage } = province;
    const created = {
      ...MANY[0],
      level: "municipality",
      parent: "Bukidnon",
      code: "1",
      action: "created",
    } as UnitChange;
    const digest = lines([...MANY, created, coverage]);
    expect(digest[0]).toBe("Changes by province");
    expect(digest[2]?.split("│").map((cell) => cell.trim())).toEqual([
      ...["", "Province", "Communities", "Municipalities", "Provinces", "Population", "", "", ""],
    ]);
    expect(cells(digest, "Bukidnon")).toEqual(["30", "1", "1", "900,000", "901,000", "+1,000 (+0.1 %)"]);
    expect(cells(digest, "Lanao del Sur")).toEqual(["20", "", "", "", "", ""]);
    expect(digest).toContain("Largest changes of communities");
  });

  it("has one column for a figure that nobody had before", () => {
    const created = MANY.map((one) =>
      change({ households: { before: null, after: 1000 } }, { ...one, action: "created" }),
    );
    const digest = lines(created.map((one) => ({ ...one, fields: { households: { before: null, after: 1000 } } })));
    expect(digest[2]).toMatch(/│ Province +│ Communities │ Households │$/);
    expect(cells(digest, "Total")).toEqual(["50", "50,000"]);
  });

  it("leaves out figures that do not change", () => {
    const renamed = MANY.map((one) => ({ ...one, fields: { notes: { before: null, after: "seen" } } }));
    const digest = lines(renamed);
    expect(digest[2]).toMatch(/│ Province +│ Communities │$/);
    expect(digest.join("\n")).not.toContain("Largest");
  });

  it("fits a terminal of 80 columns", () => {
    expect(lines(MANY, "done", { width: 80 }).filter(({ length }) => length > 80)).toEqual([]);
  });
});
