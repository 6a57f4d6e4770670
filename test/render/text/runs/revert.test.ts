import { describe, expect, it } from "vitest";
import type { RevertReport } from "../../../../src/core/reverts/revert-report.ts";
import { noCounts, type RecordedRun } from "../../../../src/core/runs/run.ts";
import { StoredChange } from "../../../../src/core/runs/stored-change.ts";
import { encodeFields } from "../../../../src/core/runs/trail-columns.ts";
import { rendered } from "../../../helpers/reports.ts";

const run: RecordedRun = {
  ...{ id: 7, command: "import", actor: "ana@office", scope: { kind: "all", units: [] }, communities: 1 },
  ...{ file: null, reverts: null, revertedBy: null, counts: noCounts(), durationMs: 1 },
  ...{ startedAt: "2026-11-24T00:00:00Z", finishedAt: "2026-11-24T00:00:00Z" },
};

function change(name: string): StoredChange {
  return new StoredChange(
    {
      ...{ level: "community", unitId: 1, code: "1001302001", name, parent: "Damulog", province: "Bukidnon" },
      action: "updated",
    },
    encodeFields("updated", { households: { before: 332, after: 166 } }),
  );
}

const counts = { created: 0, updated: 1, unchanged: 0, manual: 0, archived: 0 };
const sync = {
  ...{ scope: run.scope, communities: 1, municipalities: counts, provinces: counts, findings: [] },
};

const report = (given: Partial<RevertReport> = {}): RevertReport => ({
  ...{ command: "revert", dryRun: false, reverts: run, run: 8, changes: [change("Aludas")], overtaken: [] },
  ...{ sync, durationMs: 12 },
  ...given,
});

describe("the text of a revert", () => {
  it("has what changed, and how to bring it back", () => {
    expect(rendered(report())).toBe(
      "Reverted run 7 (import)\n" +
        "  ~ Updated: Aludas, Damulog, Bukidnon   households 332 → 166\n" +
        "\n" +
        "Done in 12 ms. This is run 8: obc-sync revert 8 brings it back.\n",
    );
  });

  it("of a dry run says that nothing was written", () => {
    expect(rendered(report({ dryRun: true, run: null }))).toBe(
      "Would revert run 7 (import)\n" +
        "  ~ Would update: Aludas, Damulog, Bukidnon   households 332 → 166\n" +
        "\n" +
        "Dry run: nothing was written.\n",
    );
  });

  it("lists what stays, and why", () => {
    const newer = { column: "households", value: 9 };
    const overtaken = ["Kinapat", "Kiraon"].map((name) => ({
      ...{ change: change(name), reason: "households has been changed since, by run 9", newer },
    }));
    const lines = rendered(report({ overtaken })).split("\n");
    expect(lines.slice(2, 5)).toEqual([
      "2 units stay as they are: something newer stands there",
      "  ! Kinapat, Damulog (1001302001): households has been changed since, by run 9",
      "  ! Kiraon, Damulog (1001302001): households has been changed since, by run 9",
    ]);
    expect(rendered(report({ overtaken: overtaken.slice(1) }))).toContain("1 unit stays as it is: something");
  });

  it("of a sync says what the next sync does", () => {
    expect(rendered(report({ sync: null }))).toContain("the next sync writes them again.\n");
    expect(rendered(report())).not.toContain("next sync");
  });

  it("says so where nothing had to change", () => {
    expect(rendered(report({ changes: [] }))).toContain("\n  Nothing had to change.\n");
  });

  it("is empty with --quiet, but for what a dry run would do and what stays", () => {
    expect(rendered(report(), "text", { quiet: true })).toBe("");
    expect(rendered(report({ dryRun: true }), "text", { quiet: true })).toBe(
      "  ~ Would update: Aludas, Damulog, Bukidnon   households 332 → 166\n",
    );
  });
});
