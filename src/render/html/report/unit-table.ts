import { FIELDS } from "../../../core/fields.ts";
import type { FiguresReport } from "../../../core/overview/figures-report.ts";
import type { FigureValues, OverviewUnit } from "../../../core/overview/overview-unit.ts";
import { count, figureCell, percent, quotient, share } from "../figures.ts";
import { html, type Markup, NOTHING } from "../html.ts";
import type { Texts } from "../texts/texts.ts";

interface Row {
  figures: FigureValues;
  communities: number;
  filled: number;
}

type ColumnName = keyof Texts["table"]["columns"];

const COLUMNS: Record<ColumnName, (row: Row) => string | null> = {
  communities: ({ figures }) => count(figures.total_obc_communities),
  population: ({ figures }) => count(figures.estimated_obc_population),
  share: ({ figures }) => share(figures.estimated_obc_population, figures.total_barangay_population),
  households: ({ figures }) => count(figures.households),
  size: ({ figures }) => quotient(figures.estimated_obc_population, figures.households),
  women: ({ figures }) => share(figures.women_count, figures.estimated_obc_population),
  filled: ({ communities, filled }) => percent(filled, communities * FIELDS.length),
};

const NAMES = Object.keys(COLUMNS) as ColumnName[];

const CLASSES = { region: "r", province: "p", municipality: "m" } as const;

/** Every unit that has a community or a coverage. The script makes it sort, fold and filter. */
export function unitTable({ regions, totals, scope }: FiguresReport, texts: Texts): Markup {
  const { table } = texts;
  const whole = {
    figures: totals.figures,
    communities: totals.communities,
    filled: regions.reduce((sum, { filled }) => sum + filled, 0),
  };
  return html`<div class="tools"><label for="filter">${table.filter}<input type="search" id="filter" autocomplete="off" spellcheck="false"></label>
<button type="button" class="unfold">${table.unfoldAll}</button><button type="button" class="foldup">${table.foldAll}</button><output for="filter" aria-live="polite"></output></div>
<div class="scroll" tabindex="0" role="region" aria-label="${table.caption}"><table class="units" data-shown="${table.shown}" data-unfold="${table.unfold}" data-sort="${table.sort}">
<caption>${table.caption}${scope.kind === "municipality" ? html` (${table.part})` : NOTHING}</caption>
<thead><tr><th scope="col">${table.unit}</th>${NAMES.map((name) => html`<th scope="col" class="n">${table.columns[name]}</th>`)}</tr></thead>
<tbody>
${regions.map((region) => unitRows(region, texts))}</tbody>
<tfoot><tr><th scope="row">${table.total}</th>${cells(whole, texts)}</tr></tfoot>
</table></div>
<p class="note">${table.note}</p>`;
}

function unitRows(unit: OverviewUnit, texts: Texts): Markup[] {
  const state = texts.table.states[unit.state];
  const tag = state === "" ? NOTHING : html`<span class="tag">${state}</span>`;
  const name = unit.level === "province" ? html`<span class="plain">${unit.name}</span>` : unit.name;
  const row = html`<tr class="${CLASSES[unit.level]}"><th scope="row">${name}<span class="code">${unit.code}</span>${tag}</th>${cells(unit, texts)}</tr>
`;
  return [row, ...unit.units.flatMap((below) => unitRows(below, texts))];
}

function cells(row: Row, texts: Texts): Markup[] {
  return NAMES.map((name) => figureCell(COLUMNS[name](row), texts));
}
