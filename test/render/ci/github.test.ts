import { expect, it } from "vitest";
import { drift, rendered, verifyReport } from "../../helpers/reports.ts";

const github = (report: Parameters<typeof verifyReport>[0]) => rendered(verifyReport(report), "github").split("\n");

it("ends with a notice of what was checked", () => {
  expect(github({})).toEqual(["::notice title=obc-sync verify::3 municipalities and 1 province checked, 0 differ", ""]);
});

it("has an error for each drift, with commas and colons of its title escaped", () => {
  expect(github({ drift: [drift()] })).toEqual([
    "::error title=stale coverage%3A Baungon%2C Bukidnon::1001301000: households stored 4, expected 5",
    "::notice title=obc-sync verify::3 municipalities and 1 province checked, 1 differs",
    "",
  ]);
});

it("escapes line breaks and percent signs of a name, so that no name can start a command", () => {
  const lines = github({ drift: [drift({ name: "100%\r\n::error::x" })] });
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain("100%25\\r\\n%3A%3Aerror%3A%3Ax%2C Bukidnon::");
});
