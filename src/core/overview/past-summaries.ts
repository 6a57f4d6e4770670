import { FIELDS } from "../fields.ts";
import type { FigureRow } from "../figures/figure-row.ts";
import type { MunicipalitySummary } from "./overview-unit.ts";

/** Summaries of municipalities with other communities than those of today: those of the rows, archived ones among them. */
export async function summariesOf(
  municipalities: readonly MunicipalitySummary[],
  communities: AsyncIterable<FigureRow>,
): Promise<MunicipalitySummary[]> {
  const summaries = new Map(
    municipalities.map((municipality) => [municipality.code, withoutCommunities(municipality)]),
  );
  for await (const { values } of communities) {
    const summary = summaries.get(String(values.municipality_code));
    if (summary === undefined) continue;
    if (values.is_deleted === true) {
      summary.archivedCommunities += 1;
      continue;
    }
    summary.communities += 1;
    for (const field of FIELDS) {
      const figure = values[field] ?? null;
      if (figure === null) continue;
      summary.sums[field] = (summary.sums[field] ?? 0) + Number(figure);
      summary.filled[field] += 1;
    }
  }
  return [...summaries.values()];
}

function withoutCommunities(municipality: MunicipalitySummary): MunicipalitySummary {
  const each = <Value>(value: Value) => Object.fromEntries(FIELDS.map((field) => [field, value]));
  return {
    ...municipality,
    communities: 0,
    archivedCommunities: 0,
    sums: each(null) as MunicipalitySummary["sums"],
    filled: each(0) as MunicipalitySummary["filled"],
  };
}
