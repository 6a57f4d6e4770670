import { grouped } from "../grouped.ts";
import { isNameList, type SyncPlan } from "../sync/sync-plan.ts";

export interface TotalChange {
  before: number;
  after: number;
}

/** Totals by column: a field, or total_obc_communities for the number of communities. */
export type TotalChanges = Readonly<Record<string, TotalChange>>;

/** How an import changes the totals of what it touches. */
export interface ImportTotals {
  /** Over the communities in the file and those that it archives, without the communities that are archived. */
  communities: TotalChanges;
  /** Over the municipality coverages that the sync changes; null without a sync. A column without figures is absent. */
  municipalities: TotalChanges | null;
}

/** The totals of the municipality coverages that a plan changes. */
export function municipalityTotals({ changes, columns }: SyncPlan): TotalChanges {
  const figures = columns.municipality.filter((column) => !isNameList(column));
  const totals: Record<string, { before: number; after: number }> = {};
  for (const change of changes) {
    if (change.level !== "municipality") continue;
    const { before, after } = change;
    for (const column of figures) {
      const [stored, expected] = [before[column] ?? null, after[column] ?? null];
      if (stored === null && expected === null) continue;
      totals[column] ??= { before: 0, after: 0 };
      totals[column].before += Number(stored);
      totals[column].after += Number(expected);
    }
  }
  return totals;
}

/** Adds the communities that are archived because the file lacks them: they have figures before the import only. */
export function withArchived(totals: TotalChanges, archived: Readonly<Record<string, number>>): TotalChanges {
  return Object.fromEntries(
    Object.entries(totals).map(([column, { before, after }]) => [
      column,
      { before: before + (archived[column] ?? 0), after },
    ]),
  );
}

/** The change in per cent, such as "+12.5 %"; "new" where there was nothing before. */
export function describeTotalChange({ before, after }: TotalChange): string {
  if (before === 0 && after > 0) return "new";
  const sign = after > before ? "+" : after < before ? "-" : "";
  const [whole, tenths] = (changedShare({ before, after }) * 100).toFixed(1).split(".");
  return `${sign}${grouped(Number(whole))}.${tenths} %`;
}

/** By what share of itself a total grows or shrinks; infinite where there was nothing before. */
export function changedShare({ before, after }: TotalChange): number {
  return before === after ? 0 : Math.abs(after - before) / before;
}
