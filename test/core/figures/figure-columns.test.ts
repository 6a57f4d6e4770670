import { expect, it } from "vitest";
import { FIELDS } from "../../../src/core/fields.ts";
import { figureColumnsFor, refuseUnknownFields } from "../../../src/core/figures/figure-columns.ts";
import { FIGURE_LEVELS } from "../../../src/core/figures/figure-row.ts";
import { hxlTag, isHxlRow } from "../../../src/core/figures/hxl-tags.ts";
import { findHeader } from "../../../src/core/headings/find-header.ts";
import { readImportHeader } from "../../../src/core/headings/import-header.ts";
import { COMMUNITY_COLUMNS } from "../../../src/core/records/community.ts";

const EVERYTHING = { fields: null, ratios: true, archived: true };
const namesOf = (...args: Parameters<typeof figureColumnsFor>) => figureColumnsFor(...args).map(({ name }) => name);

it("has names in front, then the order of the registry, whatever the order of the request", () => {
  const request = { fields: ["women_count", "notes", "households"], ratios: false, archived: false };
  expect(namesOf(["community"], request)).toEqual([
    ...["region", "province", "municipality", "barangay"],
    ...["region_code", "province_code", "municipality_code", "barangay_code"],
    ...["notes", "households", "women_count"],
  ]);
  const province = namesOf(["province"], { fields: null, ratios: false, archived: false });
  expect(province.slice(0, 6)).toEqual(["region", "province", "region_code", "province_code", "level", "auto_sync"]);
  expect(province.filter((name) => (FIELDS as readonly string[]).includes(name))).toEqual(FIELDS);
});

it("has each column of any level once where the levels are mixed", () => {
  const names = namesOf(FIGURE_LEVELS, EVERYTHING);
  expect(new Set(names).size).toBe(names.length);
  for (const level of FIGURE_LEVELS) expect(names).toEqual(expect.arrayContaining(namesOf([level], EVERYTHING)));
});

it("names the most similar field", () => {
  expect(() => refuseUnknownFields(["municipality"], ["household", "women_count", "Mosques"])).toThrow(
    expect.objectContaining({
      message: 'unknown fields "household", "Mosques"',
      hint: expect.stringContaining('Did you mean households for "household", mosques_count for "Mosques"?'),
    }),
  );
  expect(() => refuseUnknownFields(["region"], ["key_barangays"])).toThrow();
});

it("has a valid HXL tag for every column, none of them twice", () => {
  for (const names of [namesOf(["community"], EVERYTHING), namesOf(FIGURE_LEVELS, EVERYTHING)]) {
    const tags = names.map(hxlTag);
    expect(isHxlRow(tags)).toBe(true);
    expect(tags).not.toContain("");
    expect(new Set(tags).size).toBe(tags.length);
  }
});

it("is a header that an import reads, with tags and lines above it", () => {
  const names = namesOf(["community"], EVERYTHING);
  const rows = [["# Content: communities"], names, names.map(hxlTag), ["Region X"]];
  const found = findHeader(
    rows.map((cells, index) => ({ row: index + 1, cells })),
    new Map(),
  );
  expect(found).toMatchObject({ row: 2, rowsAbove: 3 });
  const header = readImportHeader(names, 2, { file: "x.csv", mapping: new Map(), ignoreUnknown: false });
  expect(header.columns.map(({ name }) => name)).toEqual(COMMUNITY_COLUMNS);
  expect(header.ignored).toEqual([]);
});
