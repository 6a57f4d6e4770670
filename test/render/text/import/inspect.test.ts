import { Chalk } from "chalk";
import { expect, it } from "vitest";
import type { ColumnProfile } from "../../../../src/core/import/column-profile.ts";
import type { InspectReport } from "../../../../src/core/import/inspect-report.ts";
import { noPassedRows } from "../../../../src/core/records/passed-rows.ts";
import { inspectText } from "../../../../src/render/text/import/inspect.ts";

const profile = (given: Partial<ColumnProfile>): ColumnProfile => ({
  ...{ position: 1, heading: "", column: null, reason: null, filled: 4, invalid: 0 },
  ...{ smallest: null, largest: null, sum: null, samples: [] },
  ...given,
});

const REPORT: InspectReport = {
  command: "inspect",
  ...{ sheets: null, tables: [] },
  file: "survey.xlsx",
  source: {
    ...{ format: "xlsx", encoding: null, delimiter: null, sheet: "List" },
    sheets: [
      { name: "Old", hidden: true },
      { name: "List", hidden: false },
    ],
  },
  headerRow: 3,
  columns: [
    profile({
      position: 1,
      heading: "Name of the barangay as written",
      column: "barangay",
      samples: ["Aludas", "Pob"],
    }),
    profile({
      position: 28,
      heading: "SE",
      column: "number_of_social_enterprises",
      smallest: 0,
      largest: 9,
      sum: 1012,
      invalid: 2,
    }),
    profile({ position: 29, heading: "Colour", reason: "unknown", invalid: 4, samples: ["red", "blue"] }),
    profile({ position: 30, heading: "Lat", column: "latitude", smallest: 7.5, largest: 7.5 }),
  ],
  passedOver: noPassedRows(),
  ...{ rows: 4, firstRow: 4, lastRow: 9, withoutValues: 1, problems: [], preview: [] },
  ...{
    rejected: 0,
    rejects: [],
    rejectKinds: {},
    warnings: [],
    warningKinds: {},
    placesUnchecked: null,
    durationMs: 5,
  },
};

const styled = (width: number | null) => ({ paint: new Chalk({ level: 0 }), quiet: false, details: false, width });

it("fits a terminal of 80 columns, with the figures whole", () => {
  const lines = inspectText(REPORT, styled(80));
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines).toContain('Sheets not read: "Old" (hidden)');
  expect(lines.find((line) => line.startsWith("│ AB"))).toMatch(/ 4 │ +2 │ 0 to 9, sum 1,012 /);
  expect(lines.find((line) => line.startsWith("│ AC"))).toMatch(/\(unknown\).*red · blue/);
  expect(lines.find((line) => line.startsWith("│ AD"))).toMatch(/latitude.* 7\.5 /);
});

it("has every heading whole where there is no terminal, and the next command", () => {
  const lines = inspectText(REPORT, styled(null));
  expect(lines.find((line) => line.startsWith("│  A"))).toContain("Name of the barangay as written");
  expect(lines.slice(-2)).toEqual([
    "An import would read 4 rows and reject 0; 1 row has no value (5 ms); nothing was written.",
    "Next: obc-sync import communities survey.xlsx --dry-run",
  ]);
});
