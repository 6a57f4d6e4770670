import { expect, it } from "vitest";
import { rendered } from "../../../helpers/reports.ts";

it("the text of a template counts its contents and shows the next command", () => {
  const text = rendered({ command: "template", file: "bukidnon.xlsx", columns: 40, rows: 1464, filled: 0 });
  expect(text).toContain("Wrote bukidnon.xlsx: 40 columns, 1,464 barangays.");
  expect(text).toContain("obc-sync import communities bukidnon.xlsx");
});
