import { beforeAll, expect, it } from "vitest";
import type { Geography } from "../../../src/core/geography/geography.ts";
import { columnNamed, IMPORT_COLUMNS, listed, meaningOf } from "../../../src/core/headings/import-columns.ts";
import {
  KNOWN_HEADINGS,
  NOT_OURS,
  ROW_NUMBERS,
  UNSPECIFIC_POPULATION,
} from "../../../src/core/headings/known/known-headings.ts";
import { isNoteLine, isSignatureLine, isTotalLabel } from "../../../src/core/rows/sifting/row-words.ts";
import { loadBundledGeography } from "../../../src/files/geography/bundled-geography.ts";

let geography: Geography;
beforeAll(async () => {
  geography = await loadBundledGeography();
});

const meaningsOf = (heading: string) => [
  ...IMPORT_COLUMNS.filter((column) => listed(KNOWN_HEADINGS[column] ?? "").includes(heading)),
  ...Object.keys(NOT_OURS).filter((what) => listed(NOT_OURS[what] as string).includes(heading)),
  ...(listed(UNSPECIFIC_POPULATION).includes(heading) ? ["population"] : []),
  ...(listed(ROW_NUMBERS).includes(heading) ? ["row-numbers"] : []),
];

it("every known heading has one meaning", () => {
  for (const column of IMPORT_COLUMNS) {
    expect(columnNamed(column, new Map())).toBe(column);
    for (const heading of listed(KNOWN_HEADINGS[column] ?? "").filter((text) => text !== "")) {
      expect(meaningsOf(heading), heading).toEqual([column]);
      expect(columnNamed(heading, new Map()), heading).toBe(column);
    }
  }
});

it("no official name of a place is a heading of the barangay, so that no row of data is taken for the header", () => {
  const { regions, provinces, municipalities, barangays } = geography;
  expect(barangays).toHaveLength(42_011);
  for (const { name } of barangays) {
    expect(["barangay", "barangay_code"], name).not.toContain(columnNamed(name, new Map()));
  }
  for (const { name } of [...regions, ...provinces, ...municipalities]) {
    expect(meaningOf(name, new Map()), name).toEqual({ kind: "unknown" });
  }
});

it("no official name of a place, present or former, is the label of a total, a note or a signature", () => {
  const { regions, provinces, municipalities, barangays, oldNames } = geography;
  for (const { name } of [...regions, ...provinces, ...municipalities, ...barangays, ...oldNames]) {
    for (const text of [name, name.toUpperCase(), `Barangay ${name}`]) {
      expect(isTotalLabel(text) || isNoteLine(text) || isSignatureLine(text), text).toBe(false);
    }
  }
});
