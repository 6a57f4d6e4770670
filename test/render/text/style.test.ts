import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { counted, cut, headed, percent, seconds, signed, wrapped } from "../../../src/render/text/style.ts";
import { plainStyle } from "../../helpers/reports.ts";

describe("wrapped text", () => {
  it("breaks between words, and indents all lines but the first", () => {
    expect(wrapped("one two three four", plainStyle({ width: 7 }), "  ")).toEqual(["one two", "  three", "  four"]);
  });

  it("is one line if the output is not a terminal", () => {
    expect(wrapped("one two three four", plainStyle(), "  ")).toEqual(["one two three four"]);
  });

  it("does not break a word that is wider than the terminal", () => {
    expect(wrapped("a 1,234,567,890 b", plainStyle({ width: 5 }), "")).toEqual(["a", "1,234,567,890", "b"]);
  });

  it("keeps blanks at the start: they are the indent", () => {
    expect(wrapped("  · one two", plainStyle({ width: 8 }), "    ")).toEqual(["  · one", "    two"]);
  });

  it("loses no word, and is as narrow as its words allow", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 30 }), (list, width) => {
        const lines = wrapped(list.join(" "), plainStyle({ width }), "");
        expect(lines.join(" ")).toBe(list.join(" "));
        expect(lines.filter((line) => line.length > width && line.includes(" "))).toEqual([]);
      }),
    );
  });
});

describe("a heading with details", () => {
  it("is one line if it fits, or if the output is not a terminal", () => {
    expect(headed("Baungon", "households 5", plainStyle())).toEqual(["Baungon   households 5"]);
    expect(headed("Baungon", "households 5", plainStyle({ width: 22 }))).toEqual(["Baungon   households 5"]);
    expect(headed("Baungon", "", plainStyle({ width: 22 }))).toEqual(["Baungon"]);
  });

  it("has the details below if it does not fit", () => {
    expect(headed("Baungon", "households 5, families 6", plainStyle({ width: 21 }))).toEqual([
      "Baungon",
      "      households 5,",
      "      families 6",
    ]);
  });
});

it("a long line is truncated to the width, and ends with an ellipsis", () => {
  expect(cut("abcdef", 4)).toBe("abc…");
  expect(cut("abcd", 4)).toBe("abcd");
  expect(cut("abcdef", null)).toBe("abcdef");
});

it("counts and times are readable", () => {
  expect(counted(1, "row", "rows")).toBe("1 row");
  expect(counted(1_234_567, "row", "rows")).toBe("1,234,567 rows");
  expect([seconds(0.4), seconds(999), seconds(1260)]).toEqual(["0 ms", "999 ms", "1.3 s"]);
  expect(seconds(4_321_000)).toBe("4,321.0 s");
  expect([signed(1234), signed(-1234), signed(0)]).toEqual(["+1,234", "-1,234", "0"]);
  expect([percent(0.956), percent(12.3456)]).toEqual(["95.6 %", "1,234.6 %"]);
});
