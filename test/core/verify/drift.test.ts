import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FIELDS, type Field } from "../../../src/core/fields.ts";
import {
  DRIFT_COLUMNS,
  DriftFinder,
  type MunicipalityFacts,
  type StoredCoverage,
  type UnitFacts,
} from "../../../src/core/verify/drift.ts";
import { nativeSchema } from "../../../src/db/schema/native.ts";

const PROVINCE = 7;

type Values = Record<string, number | string>;

/** The sums of the given number of communities, in which only households are not 0. */
function sums(communities: number, households: number) {
  return { communities, sums: FIELDS.map((field) => (field === "households" ? households : 0)) };
}

function stored(level: "municipality" | "province", values: Values, flags: Partial<StoredCoverage> = {}) {
  const names = level === "municipality" ? "key_barangays" : "key_municipalities";
  const all: Values = { [names]: "", ...values };
  return { values: DRIFT_COLUMNS[level].map((column) => all[column] ?? 0), autoSync: true, isDeleted: false, ...flags };
}

/** A municipality of the province with two communities, 5 households, and the coverage that agrees with them. */
function municipality(facts: Partial<MunicipalityFacts> = {}): MunicipalityFacts {
  return {
    id: 1,
    code: "1001301000",
    name: "Baungon",
    parent: "Bukidnon",
    provinceId: PROVINCE,
    nameRank: 1,
    inScope: true,
    stored: stored("municipality", { total_obc_communities: 2, households: 5, key_barangays: "Balintad, Imbatug" }),
    beneath: { ...sums(2, 5), barangayNames: () => ["Imbatug", "Balintad"] },
    ...facts,
  };
}

function province(values: Values | null): UnitFacts {
  const coverage = values === null ? null : stored("province", values);
  return { id: PROVINCE, code: "1001300000", name: "Bukidnon", parent: "Region X", stored: coverage };
}

const IN_STEP = { total_municipalities: 1, total_obc_communities: 2, key_municipalities: "Baungon", households: 5 };

function find(units: MunicipalityFacts[], above: UnitFacts[] = [], fields: readonly Field[] = FIELDS) {
  const finder = new DriftFinder(fields, nativeSchema.rules);
  for (const unit of units) finder.addMunicipality(unit);
  for (const unit of above) finder.addProvince(unit);
  return finder.findings();
}

it("coverages that equal the sums of their communities have no drift", () => {
  expect(find([municipality()], [province(IN_STEP)])).toMatchObject({
    drift: [],
    checked: { municipalities: 1, provinces: 1 },
  });
});

describe("drift", () => {
  it("is stale if a stored value differs, and has only the columns that differ", () => {
    const values = { total_obc_communities: 2, households: 4, key_barangays: "Balintad, Imbatug" };
    expect(find([municipality({ stored: stored("municipality", values) })]).drift).toEqual([
      {
        level: "municipality",
        code: "1001301000",
        name: "Baungon",
        parent: "Bukidnon",
        kind: "stale",
        fields: { households: { stored: 4, expected: 5 } },
      },
    ]);
  });

  it("is missing if communities have no coverage", () => {
    const { drift } = find([municipality({ stored: null })], [province(null)]);
    expect(drift.map(({ level, kind }) => [level, kind])).toEqual([
      ["municipality", "missing"],
      ["province", "missing"],
    ]);
    expect(drift[0]?.fields.households).toEqual({ stored: null, expected: 5 });
  });

  it("is an orphan if a coverage has figures and its unit has no communities", () => {
    const { drift } = find([municipality({ beneath: null })]);
    expect(drift).toMatchObject([{ kind: "orphan", fields: { households: { stored: 5, expected: 0 } } }]);
  });

  it("is none if there are neither communities nor a coverage", () => {
    expect(find([municipality({ beneath: null, stored: null })])).toMatchObject({
      drift: [],
      checked: { municipalities: 0 },
    });
  });

  it("is none if a coverage without communities has only zeros", () => {
    expect(find([municipality({ beneath: null, stored: stored("municipality", {}) })]).drift).toEqual([]);
  });

  it("distinguishes null from 0", () => {
    const coverage = stored("municipality", {
      total_obc_communities: 2,
      households: 5,
      key_barangays: "Balintad, Imbatug",
    });
    const values = coverage.values.map((value, index) =>
      DRIFT_COLUMNS.municipality[index] === "families" ? null : value,
    );
    const { drift } = find([municipality({ stored: { ...coverage, values } })]);
    expect(drift[0]?.fields).toEqual({ families: { stored: null, expected: 0 } });
  });

  it("is not reported in curated fields", () => {
    const wrong = stored("municipality", {
      total_obc_communities: 2,
      households: 4,
      key_barangays: "Balintad, Imbatug",
    });
    const computed = FIELDS.filter((field) => field !== "households");
    expect(find([municipality({ stored: wrong })], [], computed).drift).toEqual([]);
  });
});

describe("a municipality coverage that is", () => {
  const kept = { total_obc_communities: 2, households: 90, key_barangays: "Balintad, Imbatug" };

  it("manual is not compared, and counts in the province with its stored figures", () => {
    const manual = municipality({ stored: stored("municipality", kept, { autoSync: false }) });
    const { drift, checked } = find([manual], [province({ ...IN_STEP, households: 90 })]);
    expect({ drift, checked }).toEqual({ drift: [], checked: { municipalities: 0, provinces: 1 } });
  });

  it("archived is not compared, and does not count in the province", () => {
    const archived = municipality({ stored: stored("municipality", kept, { isDeleted: true }) });
    const { drift } = find([archived], [province(IN_STEP)]);
    expect(drift).toMatchObject([
      { level: "province", kind: "orphan", fields: { total_municipalities: { expected: 0 } } },
    ]);
  });

  it("out of scope is not compared, and counts in the province with its stored figures", () => {
    const sibling = municipality({ id: 2, name: "Damulog", inScope: false, stored: stored("municipality", kept) });
    const both = { ...IN_STEP, total_municipalities: 2, total_obc_communities: 4, households: 95 };
    const { drift, checked } = find(
      [municipality(), { ...sibling, beneath: null }],
      [province({ ...both, key_municipalities: "Baungon, Damulog" })],
    );
    expect({ drift, checked }).toEqual({ drift: [], checked: { municipalities: 1, provinces: 1 } });
  });

  it("out of scope and missing does not count in the province", () => {
    const sibling = municipality({ id: 2, name: "Damulog", inScope: false, stored: null, beneath: null });
    expect(find([municipality(), sibling], [province(IN_STEP)]).drift).toEqual([]);
  });
});

it("a province adds up the communities of its municipalities, not their coverages", () => {
  const wrong = stored("municipality", { total_obc_communities: 9, households: 9, key_barangays: "Balintad, Imbatug" });
  const sibling = municipality({ id: 2, name: "Damulog", nameRank: 2, stored: null });
  const { drift } = find([municipality({ stored: wrong }), sibling], [province(null)]);
  expect(drift.find(({ level }) => level === "province")?.fields).toMatchObject({
    total_municipalities: { expected: 2 },
    total_obc_communities: { expected: 4 },
    households: { expected: 10 },
  });
});

it("a manual province coverage is not compared", () => {
  const manual = { ...province(IN_STEP), stored: stored("province", { households: 1 }, { autoSync: false }) };
  expect(find([municipality()], [manual])).toMatchObject({ drift: [], checked: { provinces: 0 } });
});

it("the totals of each level are the sums of the given figures, with or without drift", () => {
  const manual = municipality({ id: 2, stored: stored("municipality", { households: 90 }, { autoSync: false }) });
  const { totals } = find([municipality(), manual], [province({ ...IN_STEP, households: 33 })]);
  expect(totals.communities).toMatchObject({ total_obc_communities: 4, households: 10 });
  expect(totals.municipalities).toMatchObject({ total_obc_communities: 2, households: 95 });
  expect(totals.provinces).toMatchObject({ total_obc_communities: 2, households: 33 });
});

it("names are distinct and ordered by code point, whatever their order in the database", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { minLength: 1 }), (names) => {
      const { drift } = find([municipality({ beneath: { ...sums(2, 5), barangayNames: () => names } })]);
      // UTF-8 preserves code point order.
      const expected = [...new Set(names)].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
      const stored = "Balintad, Imbatug";
      fc.pre(expected.join(", ") !== stored);
      expect(drift[0]?.fields.key_barangays).toEqual({ stored, expected: expected.join(", ") });
    }),
  );
});
