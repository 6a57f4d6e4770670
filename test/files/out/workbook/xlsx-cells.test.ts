import { expect, it } from "vitest";
import { textCell, valueCell } from "../../../../src/files/out/workbook/xlsx-cells.ts";
import { unescapeControls } from "../../../../src/files/xlsx/xlsx-text.ts";

const cellOf = (text: string) => textCell("A1", text, 1, { escaped: 0, cut: 0 });

it("holds any text as XML that reads back", () => {
  const text = '<b> & "q" \u001b[2J\r\u0000\ud800 _x001B_ _x00_ line\n ends ';
  const inner = /<t xml:space="preserve">([\s\S]*)<\/t>/.exec(cellOf(text))?.[1] ?? "";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
  expect(inner).not.toMatch(/[<\u0000-\u0008\u000b-\u001f\ud800]/);
  const unescaped = inner.replace(
    /&(lt|gt|quot|amp);/g,
    (_, name) => ({ lt: "<", gt: ">", quot: '"', amp: "&" })[name as "lt"],
  );
  expect(unescapeControls(unescaped)).toBe(text);
});

it("is cut at the length that Excel opens, and says so", () => {
  const losses = { escaped: 0, cut: 0 };
  expect(textCell("A1", "x".repeat(32_767), 1, losses)).not.toContain("…");
  expect(losses.cut).toBe(0);
  expect(/>(x+…)</.exec(textCell("A1", "x".repeat(32_768), 1, losses))?.[1]).toHaveLength(32_767);
  expect(losses.cut).toBe(1);
});

it("is a number, a truth value or a day where the value is one", () => {
  const losses = { escaped: 0, cut: 0 };
  expect(valueCell("B2", 1234, "count", losses)).toContain("<v>1234</v>");
  expect(valueCell("B2", false, "flag", losses)).toContain('t="b"><v>0</v>');
  expect(valueCell("B2", "2026-11-24T12:00:00.000Z", "time", losses)).toContain("<v>46350.5</v>");
  expect(valueCell("B2", "0907201006", "text", losses)).toContain("inlineStr");
  expect(valueCell("B2", null, "count", losses)).toBe("");
});
