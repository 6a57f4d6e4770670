import { describe, expect, it } from "vitest";
import { findStatusProblems, nextStep } from "../../../src/core/diagnosis/status-problems.ts";
import type { StatusContents, StatusFacts } from "../../../src/core/diagnosis/status-report.ts";

const NOW = "2026-12-01T12:00:00.000Z";

const contents: StatusContents = {
  triggers: { expected: 26, broken: [] },
  edition: null,
  barangays: 42_011,
  communities: { active: 600, archived: 0 },
  coverages: {
    municipality: { automatic: 109, manual: 0, archived: 0 },
    province: { automatic: 23, manual: 0, archived: 0 },
  },
  waiting: { entries: 0, oldest: null },
  lastSync: { run: 4, command: "sync", actor: "cron@db", finishedAt: "2026-12-01T02:15:00.000Z" },
  heartbeat: null,
  drift: null,
};

function kinds(changed: Partial<StatusContents>, facts: Partial<StatusFacts> = {}): string[] {
  const found: StatusFacts = {
    ...{ checkedAt: NOW, database: "obc.db", error: null, schema: "native", maxAgeHours: null },
    migrations: { applied: ["0001_tables"], pending: [] },
    contents: { ...contents, ...changed },
    ...facts,
  };
  return findStatusProblems(found, "Run: obc-sync import geography").map(({ kind, remedy }) => `${kind}: ${remedy}`);
}

describe("the problems of a status", () => {
  it("are none without a limit of age, however old the last sync is", () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ lastSync: null })).toEqual([]);
  });

  it("count the later of the last sync and the heartbeat, by the hour and its parts", () => {
    const tooOld = ["check-too-old: obc-sync sync"];
    // The last sync is 9.75 hours old.
    expect(kinds({}, { maxAgeHours: 9.75 })).toEqual([]);
    expect(kinds({}, { maxAgeHours: 9.74 })).toEqual(tooOld);
    expect(kinds({ heartbeat: "2026-12-01T11:50:00.000Z" }, { maxAgeHours: 0.17 })).toEqual([]);
    expect(kinds({ heartbeat: "2026-12-01T11:50:00.000Z" }, { maxAgeHours: 0.16 })).toEqual(tooOld);
    expect(kinds({ heartbeat: "2026-12-01T01:00:00.000Z" }, { maxAgeHours: 10 })).toEqual([]);
    expect(kinds({ lastSync: null }, { maxAgeHours: 1000 })).toEqual(tooOld);
  });

  it("name changes that a narrowed sync has left waiting, beside a recent sync", () => {
    const waiting = { entries: 3, oldest: "2026-11-30T12:00:00.000Z" };
    expect(kinds({ waiting }, { maxAgeHours: 23 })).toEqual(["changes-too-old: obc-sync sync --changed"]);
    expect(kinds({ waiting })).toEqual([]);
  });

  it("begin with the cause of the others", () => {
    const broken = [{ trigger: "obc_sync_barangays_insert", problem: "missing" as const }];
    const drift = { checked: 132, differing: 2, leftOut: 1 };
    expect(kinds({ triggers: { expected: 26, broken }, drift }, { maxAgeHours: 1 })).toEqual([
      "broken-triggers: obc-sync sync --changed",
      "drift: obc-sync sync",
      "check-too-old: obc-sync sync",
    ]);
    expect(kinds({ drift: { ...drift, differing: 0 } })).toEqual(["drift: obc-sync analyze --check beyond-32-bits"]);
    expect(kinds({ barangays: 0 })).toEqual(["no-geography: obc-sync import geography"]);
    const migrations = { applied: [], pending: ["0001_tables"] };
    expect(kinds({}, { migrations, contents: null, maxAgeHours: 1 })).toEqual(["not-migrated: obc-sync migrate"]);
  });
});

describe("the next step in a healthy database", () => {
  const none = { automatic: 0, manual: 0, archived: 0 };

  it("is the command that does what is left, or nothing", () => {
    expect(nextStep(contents)).toBe(null);
    expect(nextStep({ ...contents, waiting: { entries: 1, oldest: NOW } })).toBe("obc-sync sync --changed");
    expect(nextStep({ ...contents, lastSync: null })).toBe("obc-sync sync");
    const empty = { communities: { active: 0, archived: 0 }, coverages: { municipality: none, province: none } };
    expect(nextStep({ ...contents, ...empty })).toBe("obc-sync import communities FILE");
  });
});
