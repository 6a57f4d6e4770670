import { describe, expect, it } from "vitest";
import type { CommunityReport } from "../../../src/core/records/community-report.ts";
import { CHANGES, rendered, syncReport } from "../../helpers/reports.ts";

const { queries, plan } = syncReport();
const community = {
  ...{ barangayId: 1, code: "1001301001", name: "Balintad", municipalityId: 1, municipalityCode: "1001301000" },
  ...{ municipality: "Baungon", provinceId: 3, province: "Bukidnon", archived: false, version: null },
  values: { community_names: null, households: 5 },
};

function report(found: Partial<CommunityReport>): CommunityReport {
  const nothing = { fields: {}, plan: null, queries, durationMs: 1 };
  return { command: "community", action: "show", community, ...nothing, ...found };
}

const change = (before: number | null, after: number | null) => ({ before, after });

describe("the text of a community", () => {
  it("shows every column, and a dash for a blank one", () => {
    expect(rendered(report({})).split("\n").slice(0, 3)).toEqual([
      "Balintad, Baungon, Bukidnon (1001301001)",
      "  community_names  -",
      "  households       5",
    ]);
  });

  it("states that there is none, or that it is archived", () => {
    expect(rendered(report({ community: { ...community, values: null } }))).toContain("no community");
    expect(rendered(report({ community: { ...community, archived: true } }))).toContain("archived");
  });

  it("shows the change, and the coverages that changed with it", () => {
    const changed = report({
      action: "set",
      fields: { households: change(4, 5) },
      plan: { ...plan, changes: CHANGES },
    });
    expect(rendered(changed)).toMatch(
      /^Changed community: Balintad, Baungon, Bukidnon \(1001301001\) +households 4 → 5/,
    );
    expect(rendered(changed)).toContain("Kapatagan");
  });

  it("lists four columns of an added community and counts the others", () => {
    const columns = ["households", "families", "women_count", "pwd_count", "farmers_count", "idps_count"];
    const fields = Object.fromEntries(columns.map((column) => [column, change(null, 1)]));
    const text = rendered(report({ action: "add", fields, plan }));
    expect(text).toContain("pwd_count");
    expect(text).not.toContain("farmers_count");
    expect(text).toContain("and 2 more\n  No coverage changed.");
  });
});
