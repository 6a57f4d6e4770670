import { describe, expect, it } from "vitest";
import { BarangayIndex } from "../../../src/core/places/barangay-index.ts";
import { loadBundledGeography } from "../../../src/files/geography/bundled-geography.ts";

function indexOf(...codes: string[]): BarangayIndex {
  const index = new BarangayIndex(codes.length);
  for (const [id, psgcCode] of codes.toSorted().entries()) index.add({ id, psgcCode, ownCode: null, population: null });
  return index;
}

describe("a code that no barangay has", () => {
  const index = indexOf("0906602001", "1001301001", "1101301002", "1201301002");

  it.each([
    ["the barangay with the same eight digits after another region", "1006602001", "0906602001"],
    ["a region that does not exist", "9906602001", null],
    ["eight digits that two barangays have", "1001301002", null],
    ["eight digits that none has", "1006602002", null],
  ])("%s", (_, code, expected) => {
    expect(index.codeInOtherRegion(code)).toBe(expected);
  });
});

it("a stored code takes precedence over a PSGC code, an exact one over one in another case", () => {
  const index = new BarangayIndex(4);
  const codes = [
    ["1001301001", "BAUNGON_IMBATUG"],
    ["1001301002", "1001301001"],
    [null, "Mix"],
    [null, "MIX"],
  ] as const;
  for (const [id, [psgcCode, ownCode]] of codes.entries()) index.add({ id, psgcCode, ownCode, population: null });
  const found = (code: string) => index.find(code);
  expect(["baungon_imbatug", "1001301001", "1001301002", "Mix", "MIX", "mix", "1001301003"].map(found)).toEqual([
    0, 1, 1, 2, 3, -1, -1,
  ]);
  expect(index.codeAt(0)).toBe("BAUNGON_IMBATUG");
});

it("no two barangays of the country have the same eight digits after the region", async () => {
  const { barangays } = await loadBundledGeography();
  expect(new Set(barangays.map(({ code }) => code.slice(2))).size).toBe(barangays.length);
});
