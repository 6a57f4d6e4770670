/** Which figures of a unit count, and where they come from. */
import { expect, it } from "vitest";
import { FIELDS, type Field } from "../../../src/core/fields.ts";
import type { FigureRow } from "../../../src/core/figures/figure-row.ts";
import { compileFigures } from "../../../src/core/overview/compile-report.ts";
import type { OverviewSource } from "../../../src/core/overview/overview-tree.ts";
import type { MunicipalitySummary } from "../../../src/core/overview/overview-unit.ts";

function municipality(id: number, population: number | null, given: Partial<MunicipalitySummary> = {}) {
  const of = <Value>(field: Value, other: Value) =>
    Object.fromEntries(FIELDS.map((name) => [name, name === "estimated_obc_population" ? field : other])) as Record<
      Field,
      Value
    >;
  return {
    ...{ id, code: `10013${id}000`, psgcCode: `10013${id}000`, name: `Town ${id}` },
    ...{ provinceId: 1, provinceCode: "1001300000", provincePsgcCode: "1001300000", provinceName: "Bukidnon" },
    ...{ regionCode: "1000000000", regionPsgcCode: "1000000000", regionName: "Region X" },
    ...{ barangays: 10, archivedCommunities: 0, communities: population === null ? 0 : 2 },
    sums: of<number | null>(population, null),
    filled: of(population === null ? 0 : 2, 0),
    ...given,
  };
}

function coverage(level: "municipality" | "province", unitId: number, values: FigureRow["values"]): FigureRow {
  const places = { region: "Region X", province: "Bukidnon", province_code: "1001300000" };
  const own = { municipality: `Town ${unitId}`, municipality_code: `10013${unitId}000` };
  return { level, unitId, values: { ...places, ...own, auto_sync: true, is_deleted: false, ...values } };
}

function source(given: Partial<OverviewSource>): OverviewSource {
  return {
    municipalities: [],
    coverages: { municipality: [], province: [] },
    blankFields: [],
    hasWholeProvinces: true,
    ...given,
  };
}

it("takes figures from the coverages, and leaves archived ones out of every sum", () => {
  const { regions, totals, completeness } = compileFigures(
    source({
      municipalities: [municipality(1, 100), municipality(2, 50), municipality(3, 7), municipality(4, null)],
      coverages: {
        municipality: [
          coverage("municipality", 1, { total_obc_communities: 2, estimated_obc_population: 120, auto_sync: false }),
          coverage("municipality", 2, { total_obc_communities: 2, estimated_obc_population: 50, is_deleted: true }),
        ],
        province: [coverage("province", 1, { total_obc_communities: 2, estimated_obc_population: 120 })],
      },
    }),
  );
  const [bukidnon] = regions[0]?.units ?? [];
  expect(bukidnon?.units.map(({ state, figures }) => [state, figures.estimated_obc_population])).toEqual([
    ["manual", 120],
    ["archived", null],
    ["none", null],
  ]);
  expect(totals).toMatchObject({ communities: 6, municipalities: 1, allMunicipalities: 4, fromCommunities: [] });
  expect(totals.figures.estimated_obc_population).toBe(120);
  expect(completeness.manual.map(({ name }) => name)).toEqual(["Town 1"]);
  expect(completeness.archived.map(({ name }) => name)).toEqual(["Town 2"]);
  expect(completeness.uncovered.map(({ name }) => name)).toEqual(["Town 3"]);
  expect(completeness.without).toEqual([{ region: "Region X", province: "Bukidnon", municipalities: ["Town 4"] }]);
});

it("sums a figure over communities where the coverages leave it blank by rule, but for those that have it", () => {
  const { regions, totals } = compileFigures(
    source({
      municipalities: [municipality(1, 100), municipality(2, 50)],
      coverages: {
        municipality: [
          coverage("municipality", 1, { total_obc_communities: 2, estimated_obc_population: null }),
          coverage("municipality", 2, { total_obc_communities: 2, estimated_obc_population: 70, auto_sync: false }),
        ],
        province: [coverage("province", 1, { total_obc_communities: 4, estimated_obc_population: null })],
      },
      blankFields: ["estimated_obc_population"],
    }),
  );
  expect(totals.fromCommunities).toEqual(["estimated_obc_population"]);
  expect(regions[0]?.units[0]?.figures.estimated_obc_population).toBe(170);
  expect(totals.figures).toMatchObject({ estimated_obc_population: 170, total_obc_communities: 4, households: null });
});

it("sums everything over communities where nothing was synced yet", () => {
  const { totals } = compileFigures(source({ municipalities: [municipality(1, 100), municipality(2, 50)] }));
  expect(totals.fromCommunities).toEqual(["total_obc_communities", "estimated_obc_population"]);
  expect(totals.figures).toMatchObject({ total_obc_communities: 4, estimated_obc_population: 150, households: null });
});

it("sums the municipalities in scope where a province is only partly in it", () => {
  const { regions, totals } = compileFigures(
    source({
      municipalities: [municipality(1, 100)],
      coverages: {
        municipality: [coverage("municipality", 1, { estimated_obc_population: 100 })],
        province: [coverage("province", 1, { estimated_obc_population: 900 })],
      },
      hasWholeProvinces: false,
    }),
  );
  expect(regions[0]?.units[0]).toMatchObject({ state: "sum", figures: { estimated_obc_population: 100 } });
  expect(totals.figures.estimated_obc_population).toBe(100);
});

it("expects no communities in BARMM, and none in a municipality without barangays", () => {
  const barmm = { regionCode: "1900000000", regionPsgcCode: "1900000000" };
  const { completeness, totals } = compileFigures(
    source({ municipalities: [municipality(1, null, barmm), municipality(2, null, { barangays: 0 })] }),
  );
  expect(completeness).toMatchObject({ without: [], withoutInBarmm: 1 });
  expect(totals.allMunicipalities).toBe(1);
});
