import { SaxesParser } from "saxes";
import { expect, it } from "vitest";
import { drift, rendered, sourceComparison, verifyReport } from "../../helpers/reports.ts";

/** The elements of a document with their attributes; throws if it is not well-formed. */
function elements(xml: string): Array<[name: string, attributes: Record<string, string>]> {
  const found: Array<[string, Record<string, string>]> = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => found.push([name, { ...(attributes as Record<string, string>) }]));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  return found;
}

const junit = (report: Parameters<typeof verifyReport>[0]) => elements(rendered(verifyReport(report), "junit"));

it("one test case passes if there is no drift", () => {
  expect(junit({})).toEqual([
    ["testsuites", { tests: "1", failures: "0", errors: "0", time: "0.012" }],
    ["testsuite", { name: "obc-sync verify", tests: "1", failures: "0", errors: "0", time: "0.012" }],
    ["testcase", { classname: "obc-sync", name: "4 of 4 coverages agree with their communities" }],
  ]);
});

it("each drift is a failed test case, whatever characters its name has", () => {
  const found = junit({ drift: [drift({ name: `"Sto. Niño" <I> & 'II'` })] });
  expect(found[0]).toEqual(["testsuites", { tests: "2", failures: "1", errors: "0", time: "0.012" }]);
  expect(found.slice(3)).toEqual([
    ["testcase", { classname: "obc-sync.municipality", name: `"Sto. Niño" <I> & 'II', Bukidnon (1001301000)` }],
    ["failure", { type: "stale", message: "households stored 4, expected 5" }],
  ]);
});

it("each mismatch with a file is a failed test case", () => {
  const mismatch = { level: "province", code: "1001300000", name: "Bukidnon", field: "households" } as const;
  const mismatches = [{ ...mismatch, source: 1, database: 2 }];
  expect(junit({ source: sourceComparison({ mismatches }) }).slice(3)).toEqual([
    ["testcase", { classname: "obc-sync.source.province", name: "Bukidnon (1001300000) households" }],
    ["failure", { type: "source", message: "1 in the source, 2 stored" }],
  ]);
});
