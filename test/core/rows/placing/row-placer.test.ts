import { describe, expect, it } from "vitest";
import { BarangayIndex } from "../../../../src/core/places/barangay-index.ts";
import { PlaceDirectory } from "../../../../src/core/places/place-directory.ts";
import { PlaceResolver } from "../../../../src/core/places/place-resolver.ts";
import type { ImportRow } from "../../../../src/core/rows/import-row.ts";
import { RowPlacer } from "../../../../src/core/rows/placing/row-placer.ts";

const BARANGAYS = [
  { id: 1, code: "1001301001", name: "Balintad", municipalityId: 1 },
  { id: 2, code: "1001301002", name: "Buenavista", municipalityId: 1 },
  { id: 5, code: "1001301003", name: "Aludas", municipalityId: 1 },
  { id: 3, code: "1906602001", name: "Alat", municipalityId: 2 },
];

const province = { kind: "municipality", provinceKind: "province" };
const MUNICIPALITIES = [
  {
    ...{ id: 1, code: "1001301000", name: "Baungon", ...province },
    ...{ provinceCode: "1001300000", provinceName: "Bukidnon", regions: ["10"] },
  },
  {
    ...{ id: 2, code: "1906602000", name: "Jolo", ...province },
    ...{ provinceCode: "1906600000", provinceName: "Sulu", regions: ["19"] },
  },
];

/** The index knows only the regions of its barangays, so one barangay is in region 09. */
const INDEXED = [{ id: 4, code: "0907201001" }, ...BARANGAYS];

function place(row: { code?: string; names?: Partial<ImportRow["names"]> }, acceptFuzzy: number | null = null) {
  const index = new BarangayIndex(INDEXED.length);
  for (const { id, code } of INDEXED) index.add({ id, psgcCode: code, ownCode: null, population: null });
  const resolver = new PlaceResolver(new PlaceDirectory(MUNICIPALITIES, BARANGAYS));
  const names = { region: "", province: "", municipality: "", barangay: "", ...row.names };
  const placement = new RowPlacer(index, resolver, acceptFuzzy, null).place({
    ...{ row: 2, code: row.code ?? null, names, around: {}, values: [], findings: [] },
  });
  return placement.kind === "placed"
    ? { code: placement.code, id: index.idAt(placement.position), warning: placement.warning?.kind ?? null }
    : { refused: placement.finding.kind, message: placement.finding.message };
}

const IN_BAUNGON = { province: "Bukidnon", municipality: "Baungon" };

describe("a row is placed", () => {
  it("by its code", () => {
    expect(place({ code: "1001301002" })).toEqual({ code: "1001301002", id: 2, warning: null });
  });

  it("by its names", () => {
    const names = { ...IN_BAUNGON, barangay: "Brgy. BALINTAD" };
    expect(place({ names })).toEqual({ code: "1001301001", id: 1, warning: null });
  });

  it("by a code of another edition, with a warning", () => {
    expect(place({ code: "0906602001" })).toEqual({ code: "1906602001", id: 3, warning: "recoded" });
  });

  it("by its code if the name is only misspelt, with a warning", () => {
    const names = { ...IN_BAUNGON, barangay: "Buenavizta" };
    expect(place({ code: "1001301002", names })).toEqual({ code: "1001301002", id: 2, warning: "spelling" });
  });

  it("by a name that sounds the same if this is allowed, from the default similarity on", () => {
    expect(place({ names: { ...IN_BAUNGON, barangay: "Danataq" } }, 0.85)).toMatchObject({ refused: "place-unknown" });
    expect(place({ names: { ...IN_BAUNGON, barangay: "Aludaz" } }, 0.85)).toEqual({
      ...{ code: "1001301003", id: 5, warning: "fuzzy" },
    });
    const scored = place({ names: { ...IN_BAUNGON, barangay: "Buenvizta" } }, 0.9);
    expect(scored).toMatchObject({
      message: expect.stringMatching(/nearest: 1001301002 Buenavista.* \(80 % similar\)/),
    });
  });

  it("by a similar name if this is allowed, with a warning", () => {
    const names = { ...IN_BAUNGON, barangay: "Buenavizta" };
    expect(place({ names }, 0.9)).toEqual({ code: "1001301002", id: 2, warning: "fuzzy" });
    expect(place({ names }, 0.95)).toMatchObject({ refused: "place-unknown" });
  });
});

describe("a row is refused", () => {
  it("if no barangay has its code", () => {
    expect(place({ code: "1001301099" })).toMatchObject({ refused: "code-unknown" });
  });

  it("if code and names belong to different barangays", () => {
    const names = { ...IN_BAUNGON, barangay: "Balintad" };
    expect(place({ code: "1001301002", names })).toMatchObject({
      refused: "place-disagrees",
      message: expect.stringContaining("the code is that of Buenavista, Baungon, Bukidnon, but the names are not"),
    });
  });

  it("if it has a code of another edition and the names of another place", () => {
    const names = { ...IN_BAUNGON, barangay: "Balintad" };
    expect(place({ code: "0906602001", names })).toMatchObject({ refused: "code-unknown" });
  });

  it("if no barangay has its name, with the most similar one", () => {
    expect(place({ names: { ...IN_BAUNGON, barangay: "Buenavizta" } })).toEqual({
      refused: "place-unknown",
      message: expect.stringMatching(
        /^no barangay of Baungon, Bukidnon has this name; nearest: 1001301002 Buenavista, Baungon, Bukidnon/,
      ),
    });
  });

  it("if it has neither municipality nor province", () => {
    expect(place({ names: { barangay: "Balintad" } })).toMatchObject({
      message: expect.stringContaining("the municipality and the province are missing"),
    });
  });
});
