import { describe, expect, it } from "vitest";
import { FIELDS, type Field } from "../../../src/core/fields.ts";
import {
  type FieldUpdate,
  implausibleUpdates,
  isSuspect,
  misplacedColumns,
  type NeighbourComparison,
} from "../../../src/core/import/file-plausibility.ts";

/** An update of 40 communities that all have a figure. */
function update(before: number, after: number, given: Partial<FieldUpdate> = {}): FieldUpdate {
  const counts = { communities: 40, withFigure: 40, withoutZeros: 40, removed: 0 };
  return { field: "households", total: { before, after }, ...counts, ...given };
}

const kindsOf = (...updates: FieldUpdate[]) => implausibleUpdates(updates).map(({ kind }) => kind);

describe("a total", () => {
  it("that changes by more than half is reported for its column, with both figures", () => {
    expect(implausibleUpdates([update(1_200, 2_400)])).toEqual([
      {
        ...{ row: 0, column: "households", code: "", value: "", kind: "total" },
        message: "over the 40 stored communities in the file, the total changes from 1,200 to 2,400 (+100.0 %)",
      },
    ]);
    expect(kindsOf(update(1_000, 1_501), update(1_000, 499))).toEqual(["total", "total"]);
  });

  it("that changes by half or less is not", () => {
    expect(kindsOf(update(1_000, 1_000), update(1_000, 1_100), update(1_000, 1_500), update(1_000, 500))).toEqual([]);
  });

  it("of fewer than ten communities with a figure above 0 is not: a few rows may double it", () => {
    expect(kindsOf(update(10, 40, { withoutZeros: 9 }))).toEqual([]);
    expect(kindsOf(update(10, 40, { withoutZeros: 10 }))).toEqual(["total"]);
  });

  it("of 0 that becomes more is not: the field is filled in for the first time", () => {
    expect(kindsOf(update(0, 500))).toEqual([]);
  });
});

describe("a column of blanks", () => {
  it("that removes most figures is reported once, without the change of its total", () => {
    const [found, ...others] = implausibleUpdates([update(1_200, 100, { removed: 35 })]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ row: 0, column: "households", kind: "blank" });
    expect(found?.message).toBe(
      "blank for 35 of the 40 communities that have a figure, which removes these figures: the total changes from 1,200 to 100 (-91.7 %)",
    );
  });

  it("is reported although the total hardly changes", () => {
    expect(kindsOf(update(1_200, 1_190, { removed: 21 }))).toEqual(["blank"]);
    expect(kindsOf(update(0, 0, { removed: 40, withoutZeros: 0 }))).toEqual(["blank"]);
  });

  it("is not if it removes half of the figures or less, if few communities had one, or less than ten", () => {
    expect(kindsOf(update(1_200, 1_190, { removed: 20 }))).toEqual([]);
    expect(kindsOf(update(1_200, 1_190, { withFigure: 20, removed: 20 }))).toEqual([]);
    expect(kindsOf(update(1_200, 1_190, { withFigure: 21, removed: 21 }))).toEqual(["blank"]);
    expect(kindsOf(update(9, 9, { communities: 9, withFigure: 9, withoutZeros: 9, removed: 9 }))).toEqual([]);
  });
});

/** Comparisons of the fields with both neighbours, of which those given are equal in 20 rows of 20. */
function comparisons(equal: Partial<Record<Field, "left" | "right">>, rows = 20, of = rows): NeighbourComparison[] {
  return FIELDS.flatMap((field, index) =>
    (["left", "right"] as const).flatMap((side) => {
      const neighbour = FIELDS[side === "left" ? index - 1 : index + 1];
      if (neighbour === undefined) return [];
      return [{ field, neighbour, side, compared: of, equal: equal[field] === side ? rows : 0 }];
    }),
  );
}

const messages = (given: NeighbourComparison[]) =>
  misplacedColumns(given).map(({ column, message }) => [column, message]);

describe("columns", () => {
  it("that hold what is stored for the column beside them are reported as shifted", () => {
    expect(misplacedColumns(comparisons({ households: "right", families: "right" }))).toEqual([
      {
        ...{ row: 0, column: "households", code: "", value: "", kind: "shifted" },
        message: "looks like what is stored as families, families like children_0_9: are the columns shifted by one?",
      },
    ]);
    expect(messages(comparisons({ households: "left", families: "left", children_0_9: "left" }))).toEqual([
      [
        "households",
        "looks like what is stored as total_barangay_population, families like households, and so on up to children_0_9: are the columns shifted by one?",
      ],
    ]);
  });

  it("are reported apart if others are between them", () => {
    const both = comparisons({ households: "right", families: "right", pwd_count: "right", farmers_count: "right" });
    expect(messages(both).map(([column]) => column)).toEqual(["households", "pwd_count"]);
  });

  it("that hold each other's figures are reported as exchanged", () => {
    expect(messages(comparisons({ households: "right", families: "left" }))).toEqual([
      ["households", "looks like what is stored as families, families like households: are the two columns exchanged?"],
    ]);
  });

  it("are not reported if only one holds its neighbour's, or two that are apart or turned away from each other", () => {
    expect(messages(comparisons({ households: "right" }))).toEqual([]);
    expect(messages(comparisons({ households: "right", children_0_9: "right" }))).toEqual([]);
    expect(messages(comparisons({ households: "left", families: "right" }))).toEqual([]);
    expect(messages(comparisons({}))).toEqual([]);
  });

  it("are not reported from fewer than 20 rows, or if not more than half of them agree", () => {
    const shifted = { households: "right", families: "right" } as const;
    expect(messages(comparisons(shifted, 19))).toEqual([]);
    expect(messages(comparisons(shifted, 20, 40))).toEqual([]);
    expect(messages(comparisons(shifted, 21, 40))).toHaveLength(1);
  });
});

describe("the figures of a field are counted", () => {
  const unchanged = { before: 100, after: 100 };

  it("if its total changes by more than half", () => {
    expect(isSuspect({ before: 100, after: 151 }, 0, 40)).toBe(true);
    expect(isSuspect({ before: 100, after: 150 }, 0, 40)).toBe(false);
    expect(isSuspect({ before: 0, after: 150 }, 0, 40)).toBe(false);
  });

  it("if its blank cells are enough for a warning", () => {
    const fewest = update(100, 100, { withFigure: 21, removed: 11 });
    expect(kindsOf(fewest)).toEqual(["blank"]);
    expect(isSuspect(unchanged, fewest.removed, fewest.communities)).toBe(true);
    expect(isSuspect(unchanged, 10, 40)).toBe(false);
  });
});
