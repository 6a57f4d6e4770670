import { expect, it } from "vitest";
import { atLeast, type CheckResult, countFindings, type Severity } from "../../../src/core/diagnosis/analysis.ts";

function check(id: string, severity: Severity, count: number): CheckResult {
  return { id, severity, title: "", why: "", count, findings: [], durationMs: 0 };
}

const CHECKS = [check("a", "info", 1), check("b", "error", 2), check("c", "warning", 30), check("d", "error", 400)];

it("findings are counted by severity, including those that are not listed", () => {
  expect(countFindings(CHECKS, "error")).toBe(402);
  expect(countFindings(CHECKS, "info")).toBe(1);
  expect(countFindings([], "warning")).toBe(0);
});

it("a severity includes the higher ones, in the order of the checks", () => {
  const ids = (severity: Severity) => atLeast(CHECKS, severity).map(({ id }) => id);
  expect(ids("error")).toEqual(["b", "d"]);
  expect(ids("warning")).toEqual(["b", "c", "d"]);
  expect(ids("info")).toEqual(["a", "b", "c", "d"]);
});
