import { describe, expect, it } from "vitest";
import { type FoundHeader, findHeader, uncertainHeaderHint } from "../../../src/core/headings/find-header.ts";
import { readColumnMapping } from "../../../src/core/headings/import-columns.ts";

function found(...lines: string[]) {
  return findHeader(
    lines.map((line, index) => ({ row: index + 1, cells: line.split(",") })),
    new Map(),
  );
}

describe("the header is", () => {
  it("the first row that has a heading for the barangay and another one", () => {
    expect(found("Region XII,,", "As of June,,", "Brgy,HH,PWDs", "Poblacion,1,2")).toMatchObject({
      cells: ["Brgy", "HH", "PWDs"],
      row: 3,
      rowsAbove: 3,
    });
  });

  it("the first row if none qualifies, so that an error can list what is missing from it", () => {
    expect(found("Barangays of Pikit", "a,b")).toMatchObject({ cells: ["Barangays of Pikit"], row: 1, rowsAbove: 1 });
  });

  it("the row with the most known headings if none has the barangay's", () => {
    expect(found("OBC profile,,", "Barangay/Sitio,HH,PWDs", "Poblacion,1,2")).toMatchObject({ row: 2, rowsAbove: 2 });
  });

  it("not looked for below row 20", () => {
    const titles = new Array(20).fill("title");
    const uncertain = found(...titles, "barangay_code,households");
    expect(uncertain).toMatchObject({ isHeader: false, row: 1 });
    expect(uncertainHeaderHint(uncertain as FoundHeader)).toMatch(/^None of the first 20 rows .* row 1 was taken/);
    expect(found(...titles.slice(1), "barangay_code,households")?.row).toBe(20);
  });

  it("null in a file without rows", () => {
    expect(found()).toBeNull();
  });
});

describe("a header of two rows", () => {
  it("is joined: the lower heading if there is one", () => {
    expect(found("Town,Barangay,Population,", ",,Women,Youth", "Pikit,Poblacion,1,2")).toMatchObject({
      cells: ["Town", "Barangay", "Women", "Youth"],
      row: 1,
      rowsAbove: 2,
    });
  });

  it("keeps the upper heading over a lower one that only counts, and joins them where the lower one is a part", () => {
    const line = "Barangay,Households,,Senior Citizens,,Children,,Population";
    expect(found(line, ",No.,%,Female,Total,0-9,10-14,Women", "Poblacion,1,2,3,4,5,6,7")?.cells).toEqual([
      ...["Barangay", "Households", "%", "Senior Citizens Female", "Senior Citizens", "0-9", "10-14", "Women"],
    ]);
  });

  it("keeps the lower heading below the population of the community, and not below that of the barangay", () => {
    const cells = found(
      "Barangay,OBC Population,,Barangay Population,",
      ",Female,Total,Female,Total",
      "a,1,2,3,4",
    )?.cells;
    expect(cells).toEqual([
      "Barangay",
      "Female",
      "OBC Population",
      "Barangay Population Female",
      "Barangay Population",
    ]);
  });

  it("is not assumed for a row of data, which has a barangay or figures", () => {
    expect(found("Barangay,Notes", "Poblacion,Women", "")?.rowsAbove).toBe(1);
    expect(found("Barangay,Notes,HH", ",Women,12")?.rowsAbove).toBe(1);
  });
});

it("a column that the user mapped to the barangay makes a header", () => {
  const rows = [
    { row: 1, cells: ["List"] },
    { row: 2, cells: ["Location", "HH"] },
  ];
  expect(findHeader(rows, readColumnMapping([["Location", "barangay"]]))?.row).toBe(2);
});

describe("an upper heading that is no column", () => {
  const joined = (upper: string, lower: string) =>
    findHeader(
      [upper, lower, "Aludas,1,2,3"].map((line, index) => ({ row: index + 1, cells: line.split(",") })),
      new Map(),
    )?.cells.join();

  it.each(["Non-Muslim", "Christian", "Target 2025", "Households with"])(
    "%s may make other figures of those below it, so that it is part of their headings",
    (upper) => {
      expect(joined(`Barangay,Population,${upper},`, ",,HHs,Families")).toBe(
        `Barangay,Population,${upper} HHs,${upper} Families`,
      );
    },
  );

  it.each(["Demographic Profile", "No. of OBC by Sex", "Socio-economic data, 2024".replace(",", "")])(
    "%s only says what kind of figures they are",
    (upper) => {
      expect(joined(`Barangay,Population,${upper},`, ",,HHs,Women")).toBe("Barangay,Population,HHs,Women");
    },
  );

  it("counts only over its own columns", () => {
    expect(joined("Barangay,Population,Enumerator,", ",,,Women")).toBe("Barangay,Population,Enumerator,Women");
  });
});
