import { beforeAll, describe, expect, it } from "vitest";
import type { Geography } from "../../../../src/core/geography/geography.ts";
import { type ImportHeader, readImportHeader } from "../../../../src/core/headings/import-header.ts";
import { NO_CONTEXT, type TableContext } from "../../../../src/core/headings/row-context.ts";
import { unitHeading } from "../../../../src/core/headings/unit-headings.ts";
import { BarangayIndex } from "../../../../src/core/places/barangay-index.ts";
import { PlaceDirectory } from "../../../../src/core/places/place-directory.ts";
import { PlaceResolver } from "../../../../src/core/places/place-resolver.ts";
import { RowPlacer } from "../../../../src/core/rows/placing/row-placer.ts";
import { RowSieve } from "../../../../src/core/rows/sifting/row-sieve.ts";
import { loadBundledGeography } from "../../../../src/files/geography/bundled-geography.ts";

interface Municipality {
  name: string;
  provinceName: string;
  barangays: Array<{ code: string; name: string }>;
}

let geography: Geography;
let municipalities: Municipality[];
let placer: RowPlacer;

beforeAll(async () => {
  geography = await loadBundledGeography();
  const ids = new Map(geography.municipalities.map(({ code }, id) => [code, id]));
  const provinces = new Map(geography.provinces.map((province) => [province.code, province]));
  const barangays = geography.barangays.map(({ code, name, municipalityCode }, id) => ({
    ...{ id, code, name },
    municipalityId: ids.get(municipalityCode) as number,
  }));
  const places = geography.municipalities.map(({ code, name, kind, provinceCode }, id) => {
    const province = provinces.get(provinceCode);
    return {
      ...{ id, code, name, kind, regions: [code.slice(0, 2)], provinceCode },
      ...{ provinceName: province?.name ?? "", provinceKind: province?.kind ?? "province" },
    };
  });
  const ofMunicipality = new Map<number, typeof barangays>();
  for (const barangay of barangays) {
    const others = ofMunicipality.get(barangay.municipalityId);
    if (others === undefined) ofMunicipality.set(barangay.municipalityId, [barangay]);
    else others.push(barangay);
  }
  const index = new BarangayIndex(barangays.length);
  for (const { id, code } of barangays.toSorted((a, b) => (a.code < b.code ? -1 : 1))) {
    index.add({ id, psgcCode: code, ownCode: null, population: null });
  }
  placer = new RowPlacer(
    index,
    new PlaceResolver(new PlaceDirectory(places, barangays, geography.oldNames)),
    null,
    null,
  );
  municipalities = places
    .map(({ id, name, provinceName }) => ({
      ...{ name, provinceName },
      barangays: ofMunicipality.get(id) ?? [],
    }))
    .filter((municipality) => municipality.barangays.length > 0);
});

function headerOf(line: string, context = NO_CONTEXT): ImportHeader {
  const options = { file: "list.csv", mapping: new Map(), ignoreUnknown: false, isPlaced: true };
  return { ...readImportHeader(line.split(","), 1, options), lines: [line.split(",")], context };
}

/** The code of each row's barangay, "?" where it is refused, or the kind of a row that was passed over. */
function placed(heading: string, rows: readonly string[][], context: TableContext = NO_CONTEXT): string[] {
  const rules = { mayBeShort: true, codes: "psgc", texts: {}, notAvailable: new Set<string>() } as const;
  const sieve = new RowSieve({ rules, placer, skipsTotals: true });
  const header = headerOf(heading, context);
  return rows.map((cells, index) => {
    const sifted = sieve.sift({ row: index + 2, cells }, header);
    if (sifted.passed !== null) return sifted.passed.kind;
    const placement = sifted.parsed.findings.length > 0 ? null : placer.place(sifted.parsed);
    return placement?.kind === "placed" ? placement.code : "?";
  });
}

const lines = (...texts: string[]) => texts.map((text) => text.split(","));

describe("rows below headings", () => {
  it("are of the municipality and province that these name, in each manner", () => {
    const rows = lines(
      ...["Lalawigan ng Bukidnon", "MUNICIPALITY OF DAMULOG", "Aludas,30", "Barangay,Households", "Poblacion,5"],
      ...[
        "TOTAL,35",
        "Valencia City",
        "Poblacion,1",
        "Kibawe",
        "East Kibawe,2",
        "Province: Cotabato",
        "PIKIT",
        "Poblacion,3",
      ],
    );
    expect(placed("Barangay,Households", rows)).toEqual([
      ...["heading", "heading", "1001302001", "heading", expect.stringMatching(/^1001302/), "total", "heading"],
      ...[expect.stringMatching(/^1001321/), "heading", expect.stringMatching(/^1001308/), "heading", "heading"],
      expect.stringMatching(/^12047/),
    ]);
  });

  it("are refused below a heading that is not understood, or that may be a barangay", () => {
    const rows = lines(
      "MUNICIPALITY OF DAMULOG",
      "Aludas,30",
      "KIBAWW",
      "Poblacion,2",
      "MUNICIPALITY OF KIBAWW",
      "Poblacion,2",
    );
    expect(placed("Barangay,Households", rows, { given: { province: "Bukidnon" }, titles: {}, sheet: null })).toEqual([
      ...["heading", "1001302001", "?", "?", "heading", "?"],
    ]);
  });

  it("are of the place that a sentence names, and refused below one that may name another", () => {
    const list = (...texts: string[]) =>
      placed("Barangay,Households", lines("Municipality of Damulog", "Aludas,3", ...texts));
    const other = "LIST OF OBC COMMUNITIES IN THE MUNICIPALITY OF KIBAWE";
    expect(list(other, "Barangay,Households", "East Kibawe,2").slice(2)).toEqual([
      ...["heading", "heading", expect.stringMatching(/^1001308/)],
    ]);
    expect(list("K I B A W E", "East Kibawe,2").slice(2)).toEqual(["heading", expect.stringMatching(/^1001308/)]);
    // A note names no unit; above a header that is repeated it is most likely the title of another list.
    const note = "the figures are those of the survey";
    expect(list(note, "Poblacion,2").slice(2)).toEqual(["note", expect.stringMatching(/^1001302/)]);
    expect(list(note, "Barangay,Households", "Poblacion,2").slice(2)).toEqual(["note", "heading", "?"]);
    expect(list("Region X - Bukidnon - Kibawe - OBC list", "Poblacion,2").slice(2)).toEqual(["note", "?"]);
  });

  it("are refused below the name of another municipality beside figures, which may be those of the rows below", () => {
    const rows = lines(
      "Municipality of Damulog",
      "Aludas,3",
      "KIBAWE,7",
      "Poblacion,3",
      "Municipality of Kibawe",
      "East Kibawe,4",
    );
    const inBukidnon = { given: { province: "Bukidnon" }, titles: {}, sheet: null };
    expect(placed("Barangay,Households", rows, inBukidnon)).toEqual([
      ...["heading", "1001302001", "?", "?", "heading", expect.stringMatching(/^1001308/)],
    ]);
    // A barangay and a municipality of Zamboanga del Norte have this name.
    expect(placed("Barangay,Households", lines("Province of Zamboanga del Norte", "KALAWIT,7", "Batayan,7"))).toEqual([
      ...["heading", "?", "?"],
    ]);
  });

  it("are of the municipality whose heading stands in its own column with the total of the rows below", () => {
    const rows = lines("Damulog,Aludas,3", "MUNICIPALITY OF KIBAWE,,4", ",East Kibawe,4");
    expect(placed("Municipality,Barangay,Households", rows)).toEqual([
      ...["1001302001", "heading", expect.stringMatching(/^1001308/)],
    ]);
  });

  it("are not taken for a total, nor the total for one, where a barangay has the name of its municipality", () => {
    const rows = (name: string) =>
      ["Batayan,3", "Botong,4", `${name},7`].map((row) => `Zamboanga del Norte,Kalawit,${row}`);
    const codes = (name: string) => placed("Province,Municipality,Barangay,Households", lines(...rows(name)));
    expect(codes("Kalawit")[2]).toBe("?");
    expect(codes("Barangay Kalawit")[2]).toMatch(/^09072/);
  });

  it("are refused where the sheet is named after another municipality than its title names", () => {
    const inSheet = (sheet: string) => ({ given: { province: "Bukidnon" }, titles: { municipality: "Kibawe" }, sheet });
    expect(placed("Barangay,Households", lines("East Kibawe,2"), inSheet("2. KIBAWE"))).not.toEqual(["?"]);
    expect(placed("Barangay,Households", lines("East Kibawe,2"), inSheet("Damulog"))).toEqual(["?"]);
  });

  it("are listed where the file names another municipality than the user", () => {
    const rules = { mayBeShort: true, codes: "psgc", texts: {}, notAvailable: new Set<string>() } as const;
    const sieve = new RowSieve({ rules, placer, skipsTotals: true });
    const given = { province: "Bukidnon", municipality: "Damulog" };
    const header = headerOf("Barangay,Households", { given, titles: { municipality: "Kibawe" }, sheet: null });
    const sifted = lines("Aludas,2", "Municipality of Damulog", "Municipality of Kadingilan").map((cells, index) =>
      sieve.sift({ row: index + 2, cells }, header),
    );
    const warnings = [...sifted.flatMap((row) => (row.passed === null ? [] : row.warnings)), ...sieve.finish()];
    expect(warnings).toMatchObject([
      { row: 4, value: "Municipality of Kadingilan", kind: "place-given" },
      { row: 1, value: "Kibawe", kind: "place-given" },
    ]);
  });

  it("are checked against the total in the heading", () => {
    const rules = { mayBeShort: true, codes: "psgc", texts: {}, notAvailable: new Set<string>() } as const;
    const sieve = new RowSieve({ rules, placer, skipsTotals: true });
    const header = headerOf("Barangay,Households");
    const rows = lines(
      "Province of Bukidnon",
      "Municipality of Damulog,36",
      "Aludas,30",
      "Poblacion,5",
      "Municipality of Kibawe,2",
      "Poblacion,2",
    );
    const warnings = rows.flatMap((cells, index) => {
      const sifted = sieve.sift({ row: index + 2, cells }, header);
      return sifted.passed === null ? [] : sifted.warnings;
    });
    expect([...warnings, ...sieve.finish()]).toMatchObject([
      { row: 3, column: "households", message: "Municipality of Damulog is 36, but rows 4 to 5 sum to 35" },
    ]);
  });
});

describe("over all official names", () => {
  it("no barangay is taken for a heading by its words", () => {
    for (const { name } of geography.barangays) {
      for (const text of [name, name.toUpperCase(), `Barangay ${name}`]) expect(unitHeading([text]), text).toBeNull();
    }
  });

  it.each([
    [
      "in words",
      (name: string) => (/^city of/i.test(name) ? name.toUpperCase() : `MUNICIPALITY OF ${name.toUpperCase()}`),
    ],
    ["by name alone", (name: string) => name.toUpperCase()],
  ])("no row below headings %s lands in another barangay", (_, headingOf) => {
    const expected: string[] = [];
    const rows: string[][] = [];
    let province = "";
    for (const { name, provinceName, barangays } of municipalities) {
      if (provinceName !== province) rows.push([`PROVINCE OF ${provinceName.toUpperCase()}`]);
      if (provinceName !== province) expected.push("heading");
      province = provinceName;
      rows.push([headingOf(name)], ...barangays.map((barangay) => [barangay.name, "7"]));
      expected.push("heading", ...barangays.map(({ code }) => code));
    }
    const found = placed("Barangay,Households", rows);
    const wrong = found.flatMap((code, index) =>
      code === expected[index] || code === "?" ? [] : [`${rows[index]}: ${code} for ${expected[index]}`],
    );
    expect(wrong).toEqual([]);
    const refused = found.filter((code) => code === "?").length;
    expect(refused).toBeLessThan(rows.length / 25);
  });
});
