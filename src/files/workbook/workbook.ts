import { InputError } from "../../core/errors.ts";
import { grouped } from "../../core/grouped.ts";
import type { SheetName, WorkbookFormat } from "../../core/records/table-source.ts";
import type { SheetRow } from "./spreadsheet-cell.ts";

export interface Sheet extends SheetName {
  /** Rows without values are skipped; the other rows keep the numbers that the spreadsheet shows. */
  rows: () => AsyncIterable<SheetRow>;
}

/** An open workbook of any format. */
export interface Workbook {
  format: WorkbookFormat;
  /** The sheets that have cells, ordered as in the workbook. */
  sheets: readonly Sheet[];
  close: () => void;
}

/**
 * The sheet of that name, without regard to case unless two names differ in nothing else; without a name, the first
 * sheet that is not hidden.
 *
 * @param file names the workbook in errors
 * @throws InputError listing the sheets where there is none, or more than one
 */
export function chooseSheet(file: string, sheets: readonly Sheet[], wanted: string | null): Sheet {
  const [first] = sheets;
  if (first === undefined) throw new InputError(`${file} has no sheet`, "Give a workbook that has one.");
  if (wanted === null) return sheets.find(({ hidden }) => !hidden) ?? first;
  const exact = sheets.find(({ name }) => name === wanted);
  if (exact !== undefined) return exact;
  const alike = sheets.filter(({ name }) => folded(name) === folded(wanted));
  const [only, ...others] = alike;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined)
    throw new InputError(`${file} has no sheet "${wanted}"`, `Its sheets are: ${listed(sheets)}.`);
  throw new InputError(
    `${file} has ${alike.length} sheets "${wanted}", which differ only in case`,
    `Give one of them exactly: ${listed(alike)}.`,
  );
}

function folded(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}

/** The names of the first sheets. */
function listed(sheets: readonly SheetName[]): string {
  const shown = sheets.slice(0, 20).map(({ name, hidden }) => `"${name}"${hidden ? " (hidden)" : ""}`);
  const rest = sheets.length - shown.length;
  return shown.join(", ") + (rest > 0 ? ` and ${grouped(rest)} more` : "");
}
