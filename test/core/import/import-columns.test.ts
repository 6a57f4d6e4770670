import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnNamed, readColumnMapping, squeezeHeading } from "../../../src/core/import/import-columns.ts";
import { COMMUNITY_COLUMNS } from "../../../src/core/records/community.ts";

const named = (heading: string) => columnNamed(heading, new Map());

describe("a heading", () => {
  it.each([
    ["Brgy.", "barangay"],
    ["10-digit PSGC", "barangay_code"],
    ["City/Municipality", "municipality"],
    ["No. of Households", "households"],
    ["HH", "households"],
    ["Total Number of PWDs", "pwd_count"],
    ["Women Count", "women_count"],
    ["60+", "seniors_60_plus"],
    ["Seniors & Others", undefined],
    ["60", undefined],
    ["Muslim HH", undefined],
  ])("%s is %s", (heading, column) => {
    expect(named(heading)).toBe(column);
  });

  it("means the same in any case, with any blanks and punctuation", () => {
    const separator = fc.stringMatching(/^[ ._/-]{0,3}$/);
    fc.assert(
      fc.property(fc.constantFrom(...COMMUNITY_COLUMNS), fc.boolean(), separator, (column, upper, between) => {
        const heading = column.split("_").join(between);
        expect(named(upper ? heading.toUpperCase() : heading)).toBe(column);
      }),
    );
  });
});

it("a squeezed heading has letters and digits only, without diacritics", () => {
  expect(squeezeHeading(" Niños (0–9) ")).toBe("ninos09");
  expect(squeezeHeading("Seniors 60+ & up")).toBe("seniors60plusandup");
});

describe("a mapping", () => {
  const mapping = readColumnMapping([
    ["Muslim HH", "households"],
    ["Families", ""],
    ["Enumerator", null],
    ["Kids", "Children"],
  ]);

  it.each([
    ["muslim hh", "households"],
    ["FAMILIES", null],
    ["Enumerator:", null],
    ["Kids", "children_0_9"],
    ["PWD", "pwd_count"],
  ])("maps %s to %s", (heading, column) => {
    expect(columnNamed(heading, mapping)).toBe(column);
  });

  it("to an unknown column is refused", () => {
    expect(() => readColumnMapping([["Muslim HH", "house_holds_of_it"]])).toThrow(
      '"Muslim HH" cannot be mapped to "house_holds_of_it"',
    );
  });
});
