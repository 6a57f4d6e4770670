/** Cells of a sheet, as XML. Text is inline: a table of shared strings would have to be kept until the end. */
import { rearmed } from "../../../core/disarmed-cell.ts";
import type { ExportLosses } from "../../../core/figures/export-table.ts";
import type { FigureColumn } from "../../../core/figures/figure-columns.ts";
import type { UnitValue } from "../../../core/sync/unit-change.ts";
import { STYLE } from "./xlsx-parts.ts";
import { xmlText } from "./xlsx-text.ts";

/** The longest text that Excel opens. */
const LONGEST_TEXT = 32_767;

export function textCell(reference: string, text: string, style: number, losses: ExportLosses): string {
  if (text.length > LONGEST_TEXT) losses.cut += 1;
  const whole = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(whole)}</t></is></c>`;
}

const STYLE_OF: Record<FigureColumn["kind"], number> = {
  text: STYLE.text,
  count: STYLE.count,
  degrees: STYLE.plain,
  ratio: STYLE.ratio,
  flag: STYLE.plain,
  time: STYLE.time,
};

const MILLISECONDS_PER_DAY = 86_400_000;

/** Day 0 of a workbook, from March 1900 on. */
const EPOCH = Date.UTC(1899, 11, 30);

/** @param reference the cell, such as B7 */
export function valueCell(
  reference: string,
  value: UnitValue,
  kind: FigureColumn["kind"],
  losses: ExportLosses,
): string {
  if (value === null) return "";
  const style = STYLE_OF[kind];
  if (typeof value === "number") return `<c r="${reference}" s="${style}"><v>${value}</v></c>`;
  if (typeof value === "boolean") return `<c r="${reference}" s="${style}" t="b"><v>${value ? 1 : 0}</v></c>`;
  const time = kind === "time" ? Date.parse(value) : Number.NaN;
  // An import takes an apostrophe before a formula away: text that has one of its own gets another.
  const text = rearmed(value) === value ? value : `'${value}`;
  if (Number.isNaN(time)) return textCell(reference, text, STYLE.text, losses);
  return `<c r="${reference}" s="${style}"><v>${(time - EPOCH) / MILLISECONDS_PER_DAY}</v></c>`;
}
