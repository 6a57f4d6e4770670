import { describe, expect, it } from "vitest";
import { pointInTime } from "../../../src/core/runs/point-in-time.ts";

describe("a point in time", () => {
  it("is a run, a day of the local time zone, or a time", () => {
    expect(pointInTime("12", "--as-of", "end")).toEqual({ run: 12 });
    expect(pointInTime("2026-11-30", "--as-of", "end")).toEqual({ time: new Date(2026, 10, 30, 23, 59, 59, 999) });
    expect(pointInTime("2026-11-30", "--since", "beginning")).toEqual({ time: new Date(2026, 10, 30) });
    expect(pointInTime("2026-11-30 18:00", "--as-of", "end")).toEqual({ time: new Date(2026, 10, 30, 18) });
    expect(pointInTime("2026-11-30T18:00:30+08:00", "--as-of", "end")).toEqual({
      time: new Date(Date.UTC(2026, 10, 30, 10, 0, 30)),
    });
  });

  it.each(["", "0", "-1", "1.5", "2026-02-30", "2026-13-01", "yesterday", "2026-11-30T25:00", "11/30/2026"])(
    "is not %j",
    (text) => {
      expect(() => pointInTime(text, "--as-of", "end")).toThrow(`--as-of "${text}" is neither a date nor a run`);
    },
  );
});
