import { describe, expect, it } from "vitest";
import { daysOf } from "../../../src/core/runs/age.ts";

describe("an age", () => {
  it.each([
    ["1d", 1],
    ["365d", 365],
    [" 52W ", 364],
    ["2y", 730],
    ["1000y", 365_000],
  ])("%j is %d days", (age, days) => {
    expect(daysOf(age, "--older-than")).toBe(days);
  });

  it.each(["", "d", "0d", "365", "-1d", "1.5y", "1 d", "3m", "1001y", "9999999d"])("is not %j", (age) => {
    expect(() => daysOf(age, "--older-than")).toThrow(`--older-than "${age}" is not an age`);
  });
});
