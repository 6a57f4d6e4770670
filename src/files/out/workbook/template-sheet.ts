import type { TemplateColumn } from "../../../core/headings/known/form-columns.ts";
import type { Draft } from "../output-file.ts";
import { type FormCell, type FormColumn, formSheet, type Taken } from "./form-sheet.ts";
import { STYLE } from "./xlsx-parts.ts";
import { textSheet } from "./xlsx-sheets.ts";
import { writeWorkbook } from "./xlsx-workbook.ts";

/** A row of a template: one value for each column, null where there is none. */
export type TemplateRow = ReadonlyArray<string | number | null>;

/**
 * Writes a template as a workbook: the list to fill in, and a second sheet that says what goes into each column.
 *
 * @throws UsageError where the draft cannot be written
 */
export function writeTemplateSheet(
  draft: Draft,
  columns: readonly TemplateColumn[],
  rows: AsyncIterable<TemplateRow>,
): Promise<void> {
  return writeWorkbook(draft, [
    { title: "Communities", xml: formSheet(columns.map(formColumn), cellsOf(columns, rows)) },
    { title: "Notes", xml: textSheet(columns.map(explained), { escaped: 0, cut: 0 }) },
  ]);
}

const WIDTHS: Record<TemplateColumn["kind"], number> = { place: 22, text: 26, count: 13, degrees: 12 };

function formColumn({ heading, note, kind, range, choices }: TemplateColumn): FormColumn {
  return { heading, note, width: WIDTHS[kind], takes: takenBy(kind, range, choices) };
}

function takenBy(
  kind: TemplateColumn["kind"],
  range: TemplateColumn["range"],
  choices: TemplateColumn["choices"],
): Taken | null {
  if (choices !== null) return { kind: "list", choices: choices.labels, only: choices.only };
  return range === null ? null : { kind: kind === "count" ? "whole" : "decimal", ...range };
}

async function* cellsOf(
  columns: readonly TemplateColumn[],
  rows: AsyncIterable<TemplateRow>,
): AsyncGenerator<Array<FormCell | null>> {
  for await (const row of rows) {
    yield columns.map(({ kind }, index) => {
      const value = row[index] ?? null;
      // Text has its own format, so that a code keeps its leading zeros; numbers show as they are counted.
      return value === null ? null : { value, style: kind === "count" ? STYLE.count : styleOf(value) };
    });
  }
}

function styleOf(value: string | number): number {
  return typeof value === "number" ? STYLE.plain : STYLE.text;
}

function explained({ heading, note, choices }: TemplateColumn): [string, string] {
  return [heading, choices === null ? note : `${note} ${choices.labels.join(", ")}.`];
}
