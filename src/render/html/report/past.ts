import type { AsOf } from "../../../core/figures/as-of.ts";
import { grouped } from "../../../core/grouped.ts";
import { timeOf } from "../figures.ts";
import { html, type Markup, NOTHING, type Part } from "../html.ts";
import type { Texts } from "../texts/texts.ts";

/** Units of each list that are named. */
const NAMED = 100;

/** That the figures are those of the past, and where they are not known. */
export function pastNotice(asOf: AsOf, texts: Texts): Markup {
  const { past } = texts;
  const { time, run, placeRuns, foreignUnits, foreignSyncs } = asOf;
  const units = foreignUnits.map(({ name, code }) => html`${name} <span class="code">${code}</span>`);
  const places = foreignSyncs.map(({ municipality, province }) => html`${municipality}, ${province}`);
  return html`<div class="notice"><p>${past.figures(timeOf(time, texts), run)} ${placeRuns.length > 0 && past.places}</p>${
    units.length > 0 ? listed(past.foreign(grouped(units.length)), units, texts) : NOTHING
  }${places.length > 0 ? listed(past.syncs(grouped(places.length)), places, texts) : NOTHING}</div>`;
}

function listed(summary: string, units: readonly Markup[], texts: Texts): Part {
  const rest = units.length - NAMED;
  return html`<details><summary>${summary}</summary><ul>${units.slice(0, NAMED).map((unit) => html`<li>${unit}</li>`)}${
    rest > 0 ? html`<li>${texts.changes.more(grouped(rest))}</li>` : NOTHING
  }</ul></details>`;
}
