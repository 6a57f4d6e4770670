import Table from "cli-table3";
import type { DatabaseKind } from "./generated-data.ts";

export interface ResultRow {
  what: string;
  kind: DatabaseKind;
  communities: number;
  programMs: number;
  bareMs: number;
  wholeMs: number;
  peakMb: number;
}

/** A Markdown table, for the terminal and for docs/performance.md. */
export function resultTable(rows: readonly ResultRow[]): string {
  return markdown(
    ["database", "communities", "what", "obc-sync", "bare SQL", "ratio", "whole process", "peak memory"],
    rows.map((row) => [
      row.kind,
      row.communities.toLocaleString("en-US"),
      row.what,
      `${milliseconds(row.programMs)}`,
      `${milliseconds(row.bareMs)}`,
      (row.programMs / row.bareMs).toFixed(2),
      milliseconds(row.wholeMs),
      `${Math.round(row.peakMb)} MB`,
    ]),
  );
}

/** Time for 1,000 communities at each size: it must not rise. */
export function growthTable(rows: readonly ResultRow[]): string {
  const sizes = [...new Set(rows.map(({ communities }) => communities))];
  const names = [...new Set(rows.map(({ kind, what }) => `${kind}: ${what}`))];
  return markdown(
    ["time for 1,000 communities", ...sizes.map((size) => size.toLocaleString("en-US"))],
    names.map((name) => [
      name,
      ...sizes.map((size) => {
        const row = rows.find(({ kind, what, communities }) => `${kind}: ${what}` === name && communities === size);
        return row === undefined ? "" : `${((row.programMs * 1000) / size).toFixed(2)} ms`;
      }),
    ]),
  );
}

/** A Markdown table. */
export function markdown(head: string[], rows: string[][]): string {
  const border = {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
    "bottom-right": "",
    left: "|",
    "left-mid": "|",
    mid: "-",
    "mid-mid": "|",
    right: "|",
    "right-mid": "|",
    middle: "|",
  };
  const table = new Table({ head, chars: border, style: { head: [], border: [], compact: true } });
  table.push(...rows);
  const lines = table.toString().split("\n");
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}

function milliseconds(value: number): string {
  return value < 10_000 ? `${value.toFixed(value < 100 ? 1 : 0)} ms` : `${(value / 1000).toFixed(1)} s`;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
