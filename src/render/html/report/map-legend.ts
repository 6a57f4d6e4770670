import type { ReportMap } from "../../../core/overview/figures-report.ts";
import type { OverviewUnit } from "../../../core/overview/overview-unit.ts";
import type { ValueClass } from "../../../core/overview/quantile-classes.ts";
import { count } from "../figures.ts";
import { html, type Markup, NOTHING } from "../html.ts";
import type { Texts } from "../texts/texts.ts";

export type Shape = ReportMap["shapes"][number];

/** What a shape shows: the figure of its units together, or why there is none. */
export interface Shown {
  units: OverviewUnit[];
  value: number | null;
}

export interface MapContext {
  map: ReportMap;
  shown: ReadonlyMap<Shape, Shown>;
  classes: readonly ValueClass[];
  texts: Texts;
}

const LARGEST = 10;
/** A longer list is folded. */
const MOST_LISTED = 20;

/** A class has one of five colours; fewer classes are spread over them. */
export function colorOf(position: number, length: number): number {
  return length === 1 ? 4 : 1 + Math.round((position * 4) / (length - 1));
}

export function legend({ map, shown, classes, texts }: MapContext): Markup {
  if (classes.length === 0) return NOTHING;
  const inScope = map.shapes.filter(({ isInScope }) => isInScope).map((shape) => shown.get(shape) as Shown);
  const zeros = inScope.filter(({ value }) => value === 0).length;
  const blanks = inScope.filter(({ value }) => value === null).length;
  const entry = (fill: Markup, text: string, units: number) =>
    html`<li><svg viewBox="0 0 32 16" aria-hidden="true"><rect ${fill} width="32" height="16"/></svg><span>${text}</span><span class="count">${texts.map.units(count(units) as string)}</span></li>`;
  const ranges = classes.map(({ from, to, count: units }, position) =>
    entry(
      html`class="k${colorOf(position, classes.length)}"`,
      from === to ? (count(from) as string) : `${count(from)} – ${count(to)}`,
      units,
    ),
  );
  return html`<h3>${texts.labels[map.column]}</h3><ul class="legend">${ranges.reverse()}${
    zeros === 0 ? NOTHING : entry(html`class="k0"`, texts.map.zero, zeros)
  }${blanks === 0 ? NOTHING : entry(html`fill="url(#hatch)"`, texts.map.noData, blanks)}</ul>`;
}

export function largest(units: readonly OverviewUnit[], { map, texts }: MapContext): Markup {
  const figureOf = ({ figures }: OverviewUnit) => figures[map.column];
  const sorted = units
    .filter((unit) => (figureOf(unit) ?? 0) > 0)
    .sort((one, other) => (figureOf(other) as number) - (figureOf(one) as number));
  if (sorted.length < 2) return NOTHING;
  return html`<h3>${texts.map.largest}</h3><ol class="ranks">${sorted
    .slice(0, LARGEST)
    .map((unit) => html`<li><span>${unit.name}</span><b>${count(figureOf(unit))}</b></li>`)}</ol>`;
}

/** Units that share a shape, each with its own figure. */
export function together({ map, shown, texts }: MapContext): Markup {
  const shared = [...shown].filter(([{ units, isInScope }]) => isInScope && units.length > 1);
  const listed = shared.map(([, { units }]) => units).filter((units) => units.length > 1);
  return unitList(texts.map.together, listed, { map, texts });
}

export function undrawn({ map, texts }: MapContext): Markup {
  return unitList(
    texts.map.undrawn,
    map.undrawn.map((unit) => [unit]),
    { map, texts },
  );
}

function unitList(
  heading: string,
  groups: ReadonlyArray<readonly OverviewUnit[]>,
  { map, texts }: Pick<MapContext, "map" | "texts">,
): Markup {
  if (groups.length === 0) return NOTHING;
  const text = ({ name, figures }: OverviewUnit) => `${name} ${count(figures[map.column]) ?? texts.noFigure}`;
  const list = html`<ul class="aside">${groups.map((units) => html`<li>${units.map(text).join(" + ")}</li>`)}</ul>`;
  if (groups.length <= MOST_LISTED) return html`<h3>${heading}</h3>${list}`;
  return html`<details><summary>${heading}: ${texts.map.units(count(groups.length) as string)}</summary>${list}</details>`;
}
