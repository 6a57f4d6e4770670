import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnNamed, readColumnMapping, squeezeHeading } from "../../../src/core/headings/import-columns.ts";
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
    ["# of Women", "women_count"],
    ["NoOfHH", "households"],
    ["Total Families", "families"],
    ["Bilang ng mga Pamilya", "families"],
    ["Gidaghanon sa Panimalay", "households"],
    ["Mga Matatanda", "seniors_60_plus"],
    ["Kababayen-an", "women_count"],
    ["Households (2024)", "households"],
    ["Popn. as of June 2024", "estimated_obc_population"],
    ["Seniors & Others", null],
    ["60", null],
    ["Muslim HH", null],
    ["% of Women", null],
    ["Women (%)", null],
    ["No. of Barangays", null],
    ["No. of Communities", null],
    ["HH Population", null],
    ["Population (2020 Census)", null],
    ["Kabataan", null],
    ["Lalaki", null],
    ["No.", null],
    ["2024", null],
    ["Total", null],
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
