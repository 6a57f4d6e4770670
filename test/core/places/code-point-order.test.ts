import fc from "fast-check";
import { expect, it } from "vitest";
import { compareCodePoints } from "../../../src/core/places/code-point-order.ts";

it("an emoji comes after every letter of the basic plane, unlike in JavaScript's own order", () => {
  expect(["\u{1f54c}", "\uff5a", "z"].toSorted(compareCodePoints)).toEqual(["z", "\uff5a", "\u{1f54c}"]);
  expect(["\u{1f54c}", "\uff5a"].toSorted()).toEqual(["\u{1f54c}", "\uff5a"]);
});

it("a prefix comes first, and equal strings are equal", () => {
  expect(compareCodePoints("San", "San Jose")).toBeLessThan(0);
  expect(compareCodePoints("Ñ", "Ñ")).toBe(0);
});

it("the order is that of the bytes in UTF-8, as in both databases", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right));
      expect(Math.sign(compareCodePoints(left, right))).toBe(bytes);
    }),
  );
});
