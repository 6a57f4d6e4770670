import { expect, it } from "vitest";
import { FindingLog } from "../../../src/core/rows/finding-log.ts";

function finding(row: number, kind?: string) {
  const base = { row, column: "households", code: "", value: "x", message: "not a number" };
  return kind === undefined ? base : { ...base, kind };
}

it("counts rows with findings, and findings by kind", () => {
  const log = new FindingLog();
  log.add([finding(2, "figure"), finding(2, "code")]);
  log.add([]);
  log.add([finding(4, "figure"), finding(4)]);
  expect(log.rows).toBe(2);
  expect(log.kinds).toEqual({ figure: 2, code: 1, "": 1 });
  expect(log.kept.map(({ row }) => row)).toEqual([2, 2, 4, 4]);
});

it("counts a row once, however many findings follow", () => {
  const log = new FindingLog();
  log.add([finding(2, "figure")]);
  log.addTo(finding(2, "doubled"));
  expect(log).toMatchObject({ rows: 1, kinds: { figure: 1, doubled: 1 } });
  expect(log.kept).toHaveLength(2);
});

it("keeps the first 50,000 findings and goes on counting", () => {
  const log = new FindingLog();
  for (let row = 1; row <= 50_001; row += 1) log.add([finding(row, "figure")]);
  expect(log.kept).toHaveLength(50_000);
  expect(log.kept.at(-1)?.row).toBe(50_000);
  expect(log).toMatchObject({ rows: 50_001, kinds: { figure: 50_001 } });
});

it("keeps findings about whole columns, before those of rows and beyond their limit", () => {
  const log = new FindingLog();
  for (let row = 1; row <= 50_001; row += 1) log.add([finding(row, "figure")]);
  log.addOfFile([finding(0, "shifted"), finding(0, "total")]);
  expect(log.kept).toHaveLength(50_002);
  expect(log.kept.slice(0, 3).map(({ kind }) => kind)).toEqual(["shifted", "total", "figure"]);
  expect(log.kinds).toEqual({ figure: 50_001, shifted: 1, total: 1 });
});
