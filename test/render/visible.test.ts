import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/core/errors.ts";
import { noPassedRows } from "../../src/core/records/passed-rows.ts";
import type { Report } from "../../src/core/report.ts";
import { noCounts, type RecordedRun } from "../../src/core/runs/run.ts";
import { StoredChange } from "../../src/core/runs/stored-change.ts";
import { encodeFields } from "../../src/core/runs/trail-columns.ts";
import { renderError } from "../../src/render/error.ts";
import { renderEvent } from "../../src/render/render.ts";
import { visible, visibleIn } from "../../src/render/visible.ts";
import { CONTROLS, HOSTILE } from "../helpers/hostile-text.ts";
import { CHANGES, drift, PLAIN, rendered, syncReport, verifyReport } from "../helpers/reports.ts";

describe("a control character", () => {
  it.each([
    ["\u001b[31mred", "\\u001b[31mred"],
    ["a\tb\r\nc", "a\\tb\\r\\nc"],
    ["\u009b2J\u0000\u007f", "\\u009b2J\\u0000\\u007f"],
    ["\u202egnaro\u2069", "\\u202egnaro\\u2069"],
    ["half \ud800 pair", "half \\ud800 pair"],
  ])("%j is shown as %s", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each(["Parañaque", "Sto. Niño 100%", "مسجد", "東京", "👩‍🌾", "C:\\new"])("%s has none", (text) => {
    expect(visible(text)).toBe(text);
  });
});

const changes = CHANGES.slice(1, 2).map((change) => change.withTexts(() => HOSTILE));
const found = { row: 3, column: HOSTILE, code: HOSTILE, value: HOSTILE, message: HOSTILE, kind: "figure" };
const place = { barangayId: 1, code: HOSTILE, name: HOSTILE, municipalityId: 1, municipalityCode: "1" };
const queries = { read: 1, write: 1, bookkeeping: 1, control: 1 };
const run: RecordedRun = {
  ...{ id: 1, command: HOSTILE, actor: HOSTILE, scope: { kind: "region", units: [HOSTILE] }, communities: 1 },
  ...{ file: { name: HOSTILE, sha256: "00" }, reverts: null, revertedBy: null, counts: noCounts(), durationMs: 1 },
  ...{ startedAt: "2026-11-24T00:00:00Z", finishedAt: "2026-11-24T00:00:00Z" },
};
const stored = new StoredChange(
  {
    level: "community",
    unitId: 1,
    code: HOSTILE,
    name: HOSTILE,
    parent: HOSTILE,
    province: HOSTILE,
    action: "updated",
  },
  encodeFields("updated", { notes: { before: HOSTILE, after: `${HOSTILE}x` } }),
);
const REPORTS: Record<string, Report> = {
  sync: syncReport({ changes }),
  "sync --dry-run": syncReport({ changes, dryRun: true }),
  verify: verifyReport({
    drift: [drift({ name: HOSTILE, parent: HOSTILE, fields: { key_barangays: { stored: HOSTILE, expected: "x" } } })],
    source: {
      ...{
        file: HOSTILE,
        rows: 1,
        ignoredColumns: [HOSTILE],
        passedOver: null,
        source: null,
        sheets: null,
        columns: {},
        headings: [],
        checked: { barangays: 1, municipalities: 1, provinces: 1 },
      },
      mismatches: [
        { level: "municipality", code: HOSTILE, name: HOSTILE, field: "households", source: 1, database: 2 },
      ],
    },
  }),
  import: {
    ...{ command: "import", what: "communities", file: HOSTILE, dryRun: false, skipInvalid: true, rows: 2 },
    ...{ created: 1, updated: 0, unchanged: 0, removed: 0, rejected: 1, rejects: [found], warnings: [found] },
    details: {
      ...{ rejectKinds: { figure: 1 }, warningKinds: {}, skipped: 0, stoppedAtRow: null, rejectsFile: HOSTILE },
      source: { format: "xlsx", encoding: null, delimiter: null, sheet: "", sheets: [{ name: HOSTILE, hidden: true }] },
      archived: [{ code: HOSTILE, name: HOSTILE, municipality: HOSTILE }],
      ...{ totals: null, withoutValues: 1, ignoredColumns: [HOSTILE], columns: {} },
      headings: [{ heading: HOSTILE, column: "households", note: "" }],
      passedOver: { ...noPassedRows(), rows: [{ row: 2, kind: "note", text: HOSTILE }] },
      sheets: { read: [HOSTILE], passedOver: [{ name: HOSTILE, why: "hidden" }] },
    },
    ...{ sync: null, durationMs: 1 },
  },
  resolve: {
    ...{
      command: "resolve",
      file: HOSTILE,
      ignoredColumns: [HOSTILE],
      headings: [],
      passedOver: noPassedRows(),
      sheets: null,
      resolved: 1,
      unresolved: 1,
      durationMs: 1,
    },
    rows: [
      { row: 2, given: HOSTILE, code: "1001301001", place: HOSTILE, message: HOSTILE, candidates: [] },
      { row: 3, given: HOSTILE, code: null, place: "", message: HOSTILE, candidates: [] },
    ],
  },
  columns: { command: "columns", columns: [{ column: HOSTILE, headings: [HOSTILE], note: HOSTILE }] },
  template: { command: "template", file: HOSTILE, columns: 3, rows: 0, filled: 0 },
  analyze: {
    ...{ command: "analyze", failOn: "error", database: HOSTILE, scope: { kind: "all", units: [] }, durationMs: 1 },
    checks: [
      {
        ...{ id: "x", severity: "error", title: "t", why: "w", count: 1, durationMs: 1 },
        findings: [{ code: HOSTILE, name: HOSTILE, figures: { other: HOSTILE }, remedy: "obc-sync sync" }],
      },
    ],
    regions: [
      {
        ...{ code: "1", name: HOSTILE, provinces: 1, municipalities: 1, communities: 1, population: 1 },
        ...{ coverageShare: 1, completeness: 1 },
      },
    ],
    isEmpty: false,
  },
  history: { command: "history", runs: [run], isSetUp: true },
  "history show": {
    command: "history-run",
    run,
    changes: [stored],
    omitted: 0,
    isForgotten: false,
  },
  "history --community": {
    command: "history-unit",
    unit: { level: "community", code: HOSTILE, name: HOSTILE, parent: HOSTILE },
    entries: [{ run, change: stored }],
  },
  revert: {
    ...{ command: "revert", dryRun: true, reverts: run, run: null, changes: [stored], sync: null, durationMs: 1 },
    overtaken: [{ change: stored, reason: HOSTILE, newer: { column: HOSTILE, value: HOSTILE } }],
  },
  community: {
    ...{ command: "community", action: "show", fields: {}, plan: null, queries, durationMs: 1 },
    community: {
      ...{ ...place, municipality: HOSTILE, provinceId: 1, province: HOSTILE },
      ...{ values: { notes: HOSTILE }, archived: false, version: null },
    },
  },
  migrate: {
    command: "migrate",
    database: HOSTILE,
    schema: "native",
    applied: [HOSTILE],
    pending: [],
    missingIndexes: [],
    citus: null,
    statusOnly: true,
  },
};

describe("no control character of a cell or a name leaves the program", () => {
  it.each(Object.entries(REPORTS))("in %s", (_, report) => {
    for (const width of [null, 80]) {
      const text = rendered(report, "text", { width, details: true });
      expect(text).not.toMatch(CONTROLS);
      expect(text).not.toMatch(/^\s*(::error::|fake)/m);
    }
    const json = rendered(report, "json");
    expect(json).not.toMatch(CONTROLS);
    expect(json).toContain(JSON.stringify(HOSTILE).slice(1, 20));
    // Nothing is lost: a program that reads the document gets the name as it is.
    expect(JSON.stringify(JSON.parse(json))).toContain(JSON.stringify(HOSTILE).slice(1, -1));
  });

  it("in JUnit, which stays well-formed, and in annotations, which stay on their line", () => {
    const report = REPORTS.verify as Report;
    const xml = rendered(report, "junit");
    expect(xml).not.toMatch(CONTROLS);
    const parser = new SaxesParser();
    parser.on("error", (error) => {
      throw error;
    });
    parser.write(Buffer.from(xml).toString()).close();
    const lines = rendered(report, "github");
    expect(lines).not.toMatch(CONTROLS);
    expect(lines.trimEnd().split("\n")).toHaveLength(3);
  });

  it("in an error, whose further lines are the program's own", () => {
    const error = new InputError(`unknown column "${HOSTILE}"\n  a line of ours`, `rename ${HOSTILE}`);
    for (const format of ["text", "json"] as const) expect(renderError(error, format, false)).not.toMatch(CONTROLS);
    const lines = renderError(error, "text", false).trimEnd().split("\n");
    expect(lines.map((line) => line.slice(0, 6))).toEqual(["error:", "  a li", "hint: "]);
    expect(renderError(new Error(HOSTILE), "text", false)).not.toMatch(CONTROLS);
  });

  it("in an event of a watch", () => {
    const at = "2026-11-24T00:00:00.000Z";
    const { plan } = syncReport({ changes });
    for (const format of ["text", "json"] as const) {
      for (const line of [
        renderEvent({ kind: "failed", at, error: new Error(HOSTILE), retryInMs: 1 }, format, PLAIN),
        renderEvent({ kind: "started", at, database: HOSTILE }, format, PLAIN),
        renderEvent({ kind: "synced", at, plan, durationMs: 1 }, format, PLAIN),
      ]) {
        expect(line).not.toMatch(CONTROLS);
        expect(line.match(/\n/g)).toHaveLength(1);
      }
    }
  });

  it("in a copy, and a report without one is not copied", () => {
    expect(visibleIn(syncReport({ changes: CHANGES })).plan.changes).toBe(CHANGES);
    const mixed = syncReport({ changes: [...CHANGES, ...changes] }).plan;
    const shown = visibleIn(mixed);
    expect(shown.changes.slice(0, 3)).toEqual(CHANGES);
    expect(shown.changes[3]?.name).toBe(visible(HOSTILE));
    expect(mixed.changes[3]?.name).toBe(HOSTILE);
  });

  it("while the program's own colours do", () => {
    const text = rendered(REPORTS.sync as Report, "text", { color: true });
    expect(text).toContain("\u001b[36m  ~ Updated: Bar\\u001b[2J");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences are what is looked at
    expect(text.replace(/\u001b\[\d+m/g, "")).not.toMatch(CONTROLS);
  });
});
