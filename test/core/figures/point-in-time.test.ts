import { describe, expect, it } from "vitest";
import { pointInTime } from "../../../src/core/figures/point-in-time.ts";

describe("a point in time", () => {
  it("is a run, a day, or a time, in UTC where it has no offset", () => {
    const time = (text: string) => ({ time: new Date(text) });
    expect(pointInTime("12", "--as-of", "end")).toEqual({ run: 12 });
    expect(pointInTime("2026-11-30", "--as-of", "end")).toEqual(time("2026-11-30T23:59:59.999Z"));
    expect(pointInTime("2026-11-30", "--since", "beginning")).toEqual(time("2026-11-30T00:00:00Z"));
    expect(pointInTime("2026-11-30 18:00", "--as-of", "end")).toEqual(time("2026-11-30T18:00:59.999Z"));
    expect(pointInTime("2026-11-30T18:00:30+08:00", "--as-of", "end")).toEqual(time("2026-11-30T10:00:30.999Z"));
  });

  it.each(["", "0", "-1", "1.5", "2026-02-30", "2026-13-01", "yesterday", "2026-11-30T25:00", "11/30/2026"])(
    "is not %j",
    (text) => {
      expect(() => pointInTime(text, "--as-of", "end")).toThrow(`--as-of "${text}" is neither a date nor a run`);
    },
  );
});
