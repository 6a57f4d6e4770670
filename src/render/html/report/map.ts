import { boundaryKey } from "../../../core/boundaries/boundary.ts";
import type { ReportMap } from "../../../core/overview/figures-report.ts";
import type { OverviewUnit } from "../../../core/overview/overview-unit.ts";
import { classOf, quantileClasses, type ValueClass } from "../../../core/overview/quantile-classes.ts";
import { count } from "../figures.ts";
import { html, type Markup, NOTHING } from "../html.ts";
import type { Texts } from "../texts/texts.ts";
import { type Drawing, drawShapes } from "./map-drawing.ts";
import { colorOf, largest, legend, type MapContext, type Shape, type Shown, together, undrawn } from "./map-legend.ts";

/** With fewer units, classes say nothing: the map shows where they are. */
const LEAST_UNITS = 3;
/** With more units, names would cover the map. */
const MOST_LABELS = 16;
const WIDTH = 540;
const MARGIN = 8;
/** A name may be wider than its shape. */
const LABEL_MARGIN = 48;
const METRO_MANILA = "13";

export function mapSection(map: ReportMap, regions: readonly OverviewUnit[], texts: Texts): Markup {
  const provinces = regions.flatMap(({ units }) => units);
  const units = map.level === "province" ? provinces : provinces.flatMap((province) => province.units);
  const byKey = new Map(
    units.filter(({ psgcCode }) => psgcCode !== null).map((unit) => [boundaryKey(String(unit.psgcCode)), unit]),
  );
  const shownBy = (shape: Shape): Shown => {
    const found = shape.units.map((code) => byKey.get(boundaryKey(code))).filter((unit) => unit !== undefined);
    const values = found.map(({ figures }) => figures[map.column]).filter((value) => value !== null);
    return { units: found, value: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) };
  };
  const shown = new Map(map.shapes.map((shape) => [shape, shownBy(shape)]));
  const values = [...shown.values()].map(({ value }) => value).filter((value) => value !== null);
  const classes = values.length < LEAST_UNITS ? [] : quantileClasses(values.filter((value) => value > 0));
  const context: MapContext = { map, shown, classes, texts };
  if (!map.shapes.some(({ isInScope }) => isInScope)) return html`<p>${texts.map.nothing}</p>${undrawn(context)}`;
  return html`<div class="atlas"><figure>${picture(context)}
<figcaption>${classes.length === 0 ? texts.map.locator : texts.map.caption(texts.labels[map.column])}. ${texts.map.source(map.source)}${
    map.withoutUnit === 0 ? NOTHING : html` ${texts.map.unmatched(count(map.withoutUnit) as string)}`
  }</figcaption></figure>
<div>${legend(context)}${largest(units.length < 2 ? provinces.flatMap((province) => province.units) : units, context)}${together(context)}${undrawn(context)}</div></div>`;
}

function picture({ map, shown, classes, texts }: MapContext): Markup {
  const inScope = map.shapes.filter(({ isInScope }) => isInScope);
  const regions = new Set(inScope.flatMap(({ units }) => units.map((code) => code.slice(0, 2))));
  // One shape alone shows nothing: the others of its region are around it.
  const inFocus = ({ isInScope, units }: Shape) =>
    inScope.length === 1 ? units.some((code) => regions.has(code.slice(0, 2))) : isInScope;
  const isLabelled = inScope.length <= MOST_LABELS;
  const main = drawShapes(map.shapes, inFocus, WIDTH, isLabelled ? LABEL_MARGIN : MARGIN);
  const isCountry = regions.size > 10;
  const paths = ({ shapes }: Drawing<Shape>) =>
    shapes.map(({ shape, path }) => {
      const of = shown.get(shape) as Shown;
      return html`<path ${fillOf(shape, of, classes)} d="${path}">${shape.units.length === 0 ? NOTHING : html`<title>${titleOf(shape, of, texts)}</title>`}</path>
`;
    });
  const labels = main.shapes
    .filter(({ shape }) => isLabelled && shape.isInScope)
    .map(({ shape, center: [x, y] }) => label(shape.name || nameOf(shown.get(shape) as Shown), x, y));
  return html`<svg class="map" viewBox="0 0 ${main.width} ${main.height}" role="img" aria-labelledby="map-title map-text">
<title id="map-title">${texts.map.caption(texts.labels[map.column])}</title><desc id="map-text">${texts.map.description}</desc>
<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="hatch"/><line x1="0" x2="0" y1="0" y2="6" class="hatch-line"/></pattern></defs>
<g>${paths(main)}</g>${labels}${
    isCountry
      ? inset(
          map.shapes.filter((shape) => shown.get(shape)?.value !== null),
          paths,
          texts,
        )
      : NOTHING
  }</svg>`;
}

function label(name: string, x: number, y: number): Markup {
  return html`<text class="label" x="${x.toFixed(0)}" y="${y.toFixed(0)}" text-anchor="middle">${name}</text>`;
}

function nameOf({ units }: Shown): string {
  return units.map(({ name }) => name).join(", ");
}

/** Metro Manila, enlarged where the map of the country has only sea. */
function inset(known: readonly Shape[], paths: (drawing: Drawing<Shape>) => Markup[], texts: Texts): Markup {
  const isInside = ({ units }: Shape) => units.some((code) => code.startsWith(METRO_MANILA));
  const shapes = known.filter(isInside);
  if (shapes.length < LEAST_UNITS) return NOTHING;
  const drawing = drawShapes(shapes, isInside, 120, 0);
  const [x, y] = [WIDTH - drawing.width - 20, 40];
  return html`<g transform="translate(${x} ${y})"><rect class="box" x="-6" y="-20" width="${drawing.width + 12}" height="${drawing.height + 26}"/><text x="0" y="-6">${texts.map.inset}</text>${paths(drawing)}</g>`;
}

function fillOf({ isInScope }: Shape, { value }: Shown, classes: readonly ValueClass[]): Markup {
  if (!isInScope) return html`class="outside"`;
  if (value === null) return html`fill="url(#hatch)"`;
  if (classes.length === 0) return html`class="here"`;
  return html`class="k${classNumber(value, classes)}"`;
}

/** 0 for the value 0; else 1 to 5, and fewer classes are spread over the five colours. */
function classNumber(value: number, classes: readonly ValueClass[]): number {
  return value === 0 ? 0 : colorOf(classOf(value, classes), classes.length);
}

function titleOf(shape: Shape, { units, value }: Shown, texts: Texts): string {
  const name = units.length === 0 ? shape.name : units.map((unit) => unit.name).join(" + ");
  const figure = shape.isInScope ? (count(value) ?? texts.map.noData) : texts.map.outside;
  return name === "" ? figure : `${name}: ${figure}`;
}
