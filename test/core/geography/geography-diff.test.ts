import { describe, expect, it } from "vitest";
import { diffGeography, type Place } from "../../../src/core/geography/geography-diff.ts";

const region = (code: string): Place => place("region", code, `Region ${code.slice(0, 2)}`, null);

function place(level: Place["level"], code: string, name: string, parentCode: string | null): Place {
  return { level, code, name, kind: null, parentCode, population: null };
}

describe("diffGeography", () => {
  it("recognises a unit that changed region by the digits after the region", () => {
    const stored = [region("0900000000"), region("1900000000"), place("province", "1906600000", "Sulu", "1900000000")];
    const edition = [region("0900000000"), region("1900000000"), place("province", "0906600000", "Sulu", "0900000000")];

    const diff = diffGeography(stored, edition);

    expect(diff.recoded).toEqual([{ level: "province", from: "1906600000", to: "0906600000" }]);
    expect(diff.removed).toEqual([]);
    expect(diff.changes).toEqual([
      {
        level: "province",
        code: "0906600000",
        name: "Sulu",
        action: "updated",
        fields: {
          code: { before: "1906600000", after: "0906600000" },
          parentCode: { before: "1900000000", after: "0900000000" },
        },
      },
    ]);
  });

  it("matches neither of two dropped units with the same digits", () => {
    const stored = [place("barangay", "0106600001", "A", "x"), place("barangay", "0206600001", "B", "x")];
    const diff = diffGeography(stored, [place("barangay", "0306600001", "C", "x")]);

    expect(diff.recoded).toEqual([]);
    expect(diff.removed.map(({ code }) => code)).toEqual(["0106600001", "0206600001"]);
    expect(diff.changes.map(({ action }) => action)).toEqual(["created", "removed", "removed"]);
  });

  it("keeps a stored population if the edition has none", () => {
    const stored = [{ ...place("barangay", "0106600001", "A", "x"), population: 12 }];
    const diff = diffGeography(stored, [place("barangay", "0106600001", "A", "x")]);

    expect(diff).toMatchObject({ changes: [], unchanged: 1 });
  });
});
