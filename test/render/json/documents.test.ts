import { describe, expect, it } from "vitest";
import { renderEvent } from "../../../src/render/render.ts";
import { CHANGES, drift, PLAIN, rendered, sourceComparison, syncReport, verifyReport } from "../../helpers/reports.ts";

const document = (report: Parameters<typeof rendered>[0]) => JSON.parse(rendered(report, "json"));

describe("the document of a sync", () => {
  it("has the counts, the rounded time and, for each change, only the values that differ", () => {
    expect(document(syncReport({ communities: 3, changes: CHANGES.slice(1, 2) }))).toEqual({
      formatVersion: 1,
      command: "sync",
      dryRun: false,
      scope: { kind: "all", units: [] },
      communities: 3,
      municipalities: { created: 0, updated: 0, unchanged: 0, manual: 0, archived: 0 },
      provinces: { created: 0, updated: 0, unchanged: 0, manual: 0, archived: 0 },
      changes: [
        {
          level: "municipality",
          code: "1003504000",
          name: "Kapatagan",
          parent: "Lanao del Norte",
          action: "updated",
          fields: { households: { before: 200, after: 230 } },
        },
      ],
      findings: [],
      repaired: [],
      queries: { read: 1, write: 2, bookkeeping: 1, control: 3 },
      durationMs: 12.3,
    });
  });

  it("has the layout of JSON.stringify, although it is written change by change", () => {
    for (const changes of [[], CHANGES]) {
      const text = rendered(syncReport({ changes }), "json");
      expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    }
  });

  it("is not corrupted by a name that looks like a part of it", () => {
    const scope = { kind: "municipality" as const, units: ['"changes": []'], municipalityIds: [], provinceIds: [] };
    const changes = CHANGES.map((change) => change.withTexts(() => '"changes": []'));
    expect(document(syncReport({ scope, changes }))).toMatchObject({ changes: [{ name: '"changes": []' }, {}, {}] });
  });
});

describe("the document of verify", () => {
  it("is ok only without drift and without mismatches", () => {
    const mismatch = { level: "all", code: "", name: "", field: "households", source: 1, database: 2 } as const;
    const source = sourceComparison({ mismatches: [mismatch] });
    expect(document(verifyReport()).ok).toBe(true);
    expect(document(verifyReport({ drift: [drift()] })).ok).toBe(false);
    expect(document(verifyReport({ source })).ok).toBe(false);
  });

  it("lists each drift as found", () => {
    expect(document(verifyReport({ drift: [drift()] })).drift).toEqual([
      {
        ...{ level: "municipality", code: "1001301000", name: "Baungon", parent: "Bukidnon", kind: "stale" },
        fields: { households: { stored: 4, expected: 5 } },
      },
    ]);
  });
});

it("the document of a watch event is one line", () => {
  const at = "2026-11-24T15:54:39.123Z";
  const event = { kind: "failed", at, error: new Error("no\nconnection"), retryInMs: 500 } as const;
  const line = renderEvent(event, "json", PLAIN);
  expect(line).toMatch(/^.*\n$/);
  expect(JSON.parse(line)).toEqual({
    ...{ formatVersion: 1, command: "watch", event: "failed", at, message: "no\nconnection", retryInMs: 500 },
  });
});
