import { AGE_GROUPS } from "../../../core/fields.ts";
import type { FiguresReport } from "../../../core/overview/figures-report.ts";
import { bar, count, figureCell, percent } from "../figures.ts";
import { html, type Markup, NOTHING } from "../html.ts";
import type { Texts } from "../texts/texts.ts";

type Figures = FiguresReport["totals"]["figures"];

/** The population by age and sex. */
export function structureSection({ totals }: FiguresReport, texts: Texts): Markup {
  const { figures } = totals;
  const parts = [ageTable(figures, texts), sexBar(figures, texts)].filter((part) => part !== NOTHING);
  if (parts.length === 0) return html`<p>${texts.structure.none}</p>`;
  return html`<div class="two">${parts.map((part) => html`<div>${part}</div>`)}</div>
<p class="note">${texts.structure.caution}</p>`;
}

function ageTable(figures: Figures, texts: Texts): Markup {
  const groups = AGE_GROUPS.map((group) => ({ group, value: figures[group] }));
  const sum = groups.reduce((total, { value }) => total + (value ?? 0), 0);
  if (sum === 0) return NOTHING;
  const largest = Math.max(...groups.map(({ value }) => value ?? 0));
  const { structure } = texts;
  const { children_0_9, adolescents_10_14, youth_15_30, adults_31_59, seniors_60_plus } = figures;
  const dependants = (children_0_9 ?? 0) + (adolescents_10_14 ?? 0) + (seniors_60_plus ?? 0);
  const ratio = percent(dependants, (youth_15_30 ?? 0) + (adults_31_59 ?? 0));
  const population = figures.estimated_obc_population;
  const share = percent(sum, population);
  return html`<h3>${structure.age}</h3><table class="barred"><caption class="vh">${structure.age}</caption>
<thead><tr><th scope="col">${structure.group}</th><td class="graph"></td><th scope="col" class="n">${structure.persons}</th><th scope="col" class="n">${structure.share}</th></tr></thead>
<tbody>${groups.map(
    ({
      group,
      value,
    }) => html`<tr><th scope="row">${texts.labels[group]}</th><td class="graph">${bar((value ?? 0) / largest)}</td>${figureCell(count(value), texts)}${figureCell(percent(value, sum), texts)}</tr>
`,
  )}</tbody></table>
<p class="note">${ratio && structure.dependency(ratio)} ${share && structure.addUp(count(sum) as string, count(population) as string, share)}</p>`;
}

function sexBar({ women_count: women, estimated_obc_population: population }: Figures, texts: Texts): Markup {
  if (women === null || population === null || population === 0 || women > population) return NOTHING;
  const others = population - women;
  const width = ((100 * women) / population).toFixed(2);
  const part = (name: string, value: number, kind: string) =>
    html`<li><svg class="swatch split" viewBox="0 0 10 10" aria-hidden="true"><rect class="${kind}" width="10" height="10"/></svg><span>${name}</span><b>${count(value)}, ${percent(value, population)} %</b></li>`;
  return html`<h3>${texts.structure.sex}</h3>
<svg class="split" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="other" width="100" height="10"/><rect class="one" width="${width}" height="10"/></svg>
<ul class="parts">${part(texts.structure.women, women, "one")}${part(texts.structure.others, others, "other")}</ul>`;
}
