import { FIELDS } from "../../../core/fields.ts";
import { grouped } from "../../../core/grouped.ts";
import type { ImportReport } from "../../../core/import/import-report.ts";
import {
  changedShare,
  describeTotalChange,
  type TotalChange,
  type TotalChanges,
} from "../../../core/import/import-totals.ts";
import { type Style, wrapped } from "../style.ts";
import { type Column, tableLines } from "../table.ts";

const COMMUNITIES = "total_obc_communities";

/** The totals that are shown even if they do not change: how many communities and people the file is about. */
const ALWAYS_SHOWN: readonly string[] = [COMMUNITIES, "estimated_obc_population", "households"];

/** The others are shown if they change by more than this share. The JSON document has all of them. */
const SHOWN_CHANGE = 0.2;

/** The table of totals before and after an import, and a blank line after it. */
export function totalsLines({ details }: ImportReport, style: Style): string[] {
  if (!details?.totals) return [];
  const { communities, municipalities } = details.totals;
  const coverages = municipalities ?? {};
  const rows = [COMMUNITIES, ...FIELDS].filter((column) => isShown(column, communities) || isShown(column, coverages));
  const [only = COMMUNITIES, ...others] = rows;
  // The number of communities alone is worth a table only if it changes.
  if (others.length === 0 && only === COMMUNITIES && isUnchanged(communities[only])) return [];
  const hasCoverages = Object.keys(coverages).length > 0;
  const caption = [
    "Totals of the communities in the file",
    ...(details.archived.length > 0 ? ["of those archived because it lacks them"] : []),
    ...(hasCoverages ? ["of the municipal coverages that change"] : []),
  ].join(", and ");
  const groups = [columnsOf("Communities", communities)];
  if (hasCoverages) groups.push(columnsOf("Coverages", coverages));
  const key = { head: "Total", align: "left", cell: (column: string) => column, shortest: 12 } as const;
  return [...wrapped(`${caption}:`, style, "  "), ...tableLines(key, groups, rows, style), ""];
}

function isUnchanged(total: TotalChange | undefined): boolean {
  return total === undefined || total.before === total.after;
}

function isShown(column: string, totals: TotalChanges): boolean {
  const total = totals[column];
  if (total === undefined || total.before + total.after === 0) return false;
  // Where every community is new, so is every total.
  const hadCommunities = (totals[COMMUNITIES]?.before ?? 0) > 0;
  return ALWAYS_SHOWN.includes(column) || (hadCommunities && changedShare(total) > SHOWN_CHANGE);
}

function columnsOf(what: string, totals: TotalChanges): Array<Column<string>> {
  const column = (head: string, text: (total: TotalChange) => string): Column<string> => ({
    head,
    align: "right",
    cell: (name) => (totals[name] === undefined ? "" : text(totals[name])),
  });
  return [
    column(`${what}\nbefore`, ({ before }) => grouped(before)),
    column("\nafter", ({ after }) => grouped(after)),
    column("\nchange", describeTotalChange),
  ];
}
