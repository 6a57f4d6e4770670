import { describe, expect, it } from "vitest";
import { eventLine } from "../../../src/render/text/watch.ts";
import { CHANGES, plainStyle, rendered, syncReport } from "../../helpers/reports.ts";

const at = "2026-11-24T15:54:39.123Z";
const counts = { unchanged: 0, manual: 0, archived: 0 };

function synced(changes = CHANGES) {
  const municipalities = { ...counts, created: 1, updated: 1 };
  const provinces = { ...counts, created: 0, updated: 2 };
  const { plan } = syncReport({ changes, municipalities, provinces });
  return { kind: "synced", at, plan, durationMs: 1260 } as const;
}

describe("the line of a watch event", () => {
  it("has the time, the counts of each level and what was written", () => {
    expect(eventLine(synced(), plainStyle())).toBe(
      "15:54:39 synced municipalities +1 ~1, provinces +0 ~2: Baungon, Kapatagan, Bukidnon (1.3 s)",
    );
  });

  it("lists three units and counts the others", () => {
    expect(eventLine(synced([...CHANGES, ...CHANGES]), plainStyle())).toContain(
      "Baungon, Kapatagan, Bukidnon and 3 more",
    );
  });

  it("states that nothing differed", () => {
    expect(eventLine(synced([]), plainStyle())).toContain(": nothing differed");
  });

  it("shows a failure's message and the time of the next attempt, also with --quiet", () => {
    const failed = { kind: "failed", at, error: new Error("connection refused"), retryInMs: 2000 } as const;
    expect(eventLine(failed, plainStyle({ quiet: true }))).toBe(
      "15:54:39 failed: connection refused; retrying in 2.0 s",
    );
  });

  it("says that triggers were put back, also with --quiet", () => {
    const event = synced([]);
    const repaired = [{ trigger: "obc_sync_barangays_insert", problem: "disabled" }] as const;
    expect(eventLine({ ...event, plan: { ...event.plan, repaired: [...repaired] } }, plainStyle({ quiet: true }))).toBe(
      "15:54:39 synced municipalities +1 ~1, provinces +0 ~2: nothing differed; broken triggers of the change log were put back, and everything was synced (disabled: obc_sync_barangays_insert) (1.3 s)",
    );
  });

  it("is empty for other events with --quiet", () => {
    expect(eventLine(synced(), plainStyle({ quiet: true }))).toBe("");
  });
});

describe("the text at the end of a watch", () => {
  it("counts syncs, and failures if there were any", () => {
    const report = { command: "watch", syncs: 1, failures: 0, durationMs: 9 } as const;
    expect(rendered(report)).toBe("Stopped after 1 sync.\n");
    expect(rendered({ ...report, syncs: 1234, failures: 2 })).toBe("Stopped after 1,234 syncs, 2 failures.\n");
  });
});
