import type { FiguresReport } from "../../../core/overview/figures-report.ts";
import type { FigureName, OverviewUnit } from "../../../core/overview/overview-unit.ts";
import { bar, count, figureCell, percent } from "../figures.ts";
import { html, type Markup, NOTHING } from "../html.ts";
import type { Texts } from "../texts/texts.ts";

/** More bars than this cannot be compared. */
const MOST_BARS = 25;

/** Bars of the highest level of which there are several units; null where there is one municipality only. */
export function regionBars(
  { regions, totals }: FiguresReport,
  texts: Texts,
): { level: OverviewUnit["level"]; content: Markup } | null {
  const column: FigureName =
    totals.figures.estimated_obc_population === null ? "total_obc_communities" : "estimated_obc_population";
  const provinces = regions.flatMap(({ units }) => units);
  const levels = [regions, provinces, provinces.flatMap(({ units }) => units)];
  const units = levels.find((level) => level.length > 1);
  if (units === undefined) return null;
  const level = (units[0] as OverviewUnit).level;
  return { level, content: barTable(units, column, totals.figures[column], texts) };
}

function barTable(units: readonly OverviewUnit[], column: FigureName, whole: number | null, texts: Texts): Markup {
  const figureOf = ({ figures }: OverviewUnit) => figures[column];
  const sorted = [...units].sort((one, other) => (figureOf(other) ?? -1) - (figureOf(one) ?? -1));
  const largest = Math.max(1, ...sorted.map((unit) => figureOf(unit) ?? 0));
  const rest = sorted.slice(MOST_BARS);
  const level = (units[0] as OverviewUnit).level;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${texts.bars.heading[level]}"><table class="barred">
<caption>${texts.bars.caption(texts.labels[column])}</caption>
<thead><tr><th scope="col">${texts.kinds[level]}</th><td class="graph"></td><th scope="col" class="n">${texts.labels[column]}</th><th scope="col" class="n">${texts.bars.share}, %</th></tr></thead>
<tbody>${sorted.slice(0, MOST_BARS).map(
    (
      unit,
    ) => html`<tr><th scope="row">${unit.name}</th><td class="graph">${bar((figureOf(unit) ?? 0) / largest)}</td>${figureCell(count(figureOf(unit)), texts)}${figureCell(percent(figureOf(unit), whole), texts)}</tr>
`,
  )}</tbody></table></div>${
    rest.length === 0 ? NOTHING : html`<p class="note">${texts.bars.others(count(rest.length) as string)}</p>`
  }`;
}
