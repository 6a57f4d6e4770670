import type { PassedKind, PassedRows } from "../../../core/records/passed-rows.ts";
import { counted, type Style, wrapped } from "../style.ts";

const ROWS_NAMED = 5;

const NAMES: Record<PassedKind, [singular: string, plural: string]> = {
  total: ["total", "totals"],
  note: ["note", "notes"],
  heading: ["heading", "headings"],
  blank: ["row without a barangay and figures", "rows without a barangay and figures"],
};

/** How many rows are no community, and which. */
export function passedLines(passedOver: PassedRows | null | undefined, style: Style): string[] {
  if (!passedOver) return [];
  const kinds = (Object.keys(NAMES) as PassedKind[]).filter((kind) => passedOver.counts[kind] > 0);
  if (kinds.length === 0) return [];
  const parts = kinds.map((kind) => {
    const count = passedOver.counts[kind];
    const rows = passedOver.rows
      .filter((row) => row.kind === kind)
      .map(({ row, sheet }) => (sheet === undefined ? String(row) : `${row} of ${sheet}`));
    const named = rows.slice(0, ROWS_NAMED).join(", ");
    return `${counted(count, ...NAMES[kind])} (${count === 1 ? "row" : "rows"} ${named}${count > ROWS_NAMED ? " …" : ""})`;
  });
  return wrapped(`Passed over: ${parts.join(", ")}`, style, "  ");
}
