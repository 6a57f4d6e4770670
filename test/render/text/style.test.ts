import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { counted, cut, seconds, wrapped } from "../../../src/render/text/style.ts";
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

it("a long line is truncated to the width, and ends with an ellipsis", () => {
  expect(cut("abcdef", 4)).toBe("abc…");
  expect(cut("abcd", 4)).toBe("abcd");
  expect(cut("abcdef", null)).toBe("abcdef");
});

it("counts and times are readable", () => {
  expect(counted(1, "row", "rows")).toBe("1 row");
  expect(counted(1_234_567, "row", "rows")).toBe("1,234,567 rows");
  expect([seconds(0.4), seconds(999), seconds(1260)]).toEqual(["0 ms", "999 ms", "1.3 s"]);
});
