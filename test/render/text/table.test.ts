import { describe, expect, it } from "vitest";
import { type Column, tableLines } from "../../../src/render/text/table.ts";
import { plainStyle } from "../../helpers/reports.ts";

type Row = { id: string; name: string; figure: string };

const ROWS: Row[] = [{ id: "1", name: "Autonomous Region", figure: "1,234,567" }];
const ID: Column<Row> = { head: "Id", align: "left", cell: ({ id }) => id };
const NAME: Column<Row> = { head: "Name", align: "left", cell: ({ name }) => name, shortest: 8 };
const FIGURE: Column<Row> = { head: "Figure", align: "right", cell: ({ figure }) => figure };

const table = (width: number | null) => tableLines(ID, [[NAME], [FIGURE]], ROWS, plainStyle({ width }));

describe("a table", () => {
  it("is drawn in one piece if it fits", () => {
    expect(table(null)).toEqual([
      "┌────┬───────────────────┬───────────┐",
      "│ Id │ Name              │    Figure │",
      "├────┼───────────────────┼───────────┤",
      "│ 1  │ Autonomous Region │ 1,234,567 │",
      "└────┴───────────────────┴───────────┘",
    ]);
    expect(table(38)).toEqual(table(null));
  });

  it("truncates names, not figures, if it is a little too wide", () => {
    expect(table(30)[3]).toBe("│ 1  │ Autonomo… │ 1,234,567 │");
  });

  it("continues below, with the first column again, if truncating names is not enough", () => {
    const lines = table(26);
    expect(lines).toHaveLength(10);
    expect(lines[3]).toContain("Autonomous Region".slice(0, 8));
    expect(lines[8]).toBe("│ 1  │ 1,234,567 │");
    expect(lines.every(({ length }) => length <= 26)).toBe(true);
  });

  it("of many rows has one border, one heading, and columns as wide as the widest cell of all rows", () => {
    const rows = Array.from({ length: 1000 }, (_, index) => ({ ...ROWS[0], id: String(index) }) as Row);
    const lines = tableLines(ID, [[FIGURE]], rows, plainStyle());
    expect(lines).toHaveLength(1004);
    expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
    expect(lines.filter((line) => /[┌├└]|Figure/.test(line))).toHaveLength(4);
    expect(lines.slice(3, -1).map((line) => line.match(/\d+/)?.[0])).toEqual(rows.map(({ id }) => id));
    expect(tableLines(ID, [[FIGURE]], [], plainStyle())).toHaveLength(3);
  });
});
