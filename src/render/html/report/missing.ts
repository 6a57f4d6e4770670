import { FIELDS } from "../../../core/fields.ts";
import { groupBy } from "../../../core/group-by.ts";
import type { FiguresReport, ListedUnit, WithoutCommunities } from "../../../core/overview/figures-report.ts";
import { count, percent } from "../figures.ts";
import { html, type Markup, NOTHING, type Part } from "../html.ts";
import type { Texts } from "../texts/texts.ts";

/** A longer list is not printed: only its count is. */
const MOST_PRINTED = 60;

/** What the figures lack, from blank fields to places without a community. */
export function missingSection({ totals, completeness, freshness }: FiguresReport, texts: Texts): Markup {
  const { missing } = texts;
  const expected = totals.communities * FIELDS.length;
  const blank = expected - FIELDS.reduce((sum, field) => sum + completeness.filled[field], 0);
  const nowhere = totals.communities === 0 ? [] : FIELDS.filter((field) => completeness.filled[field] === 0);
  const { manual, archived, uncovered, archivedCommunities, without, withoutInBarmm } = completeness;
  const lacking = without.reduce((sum, { municipalities }) => sum + municipalities.length, 0);
  const gaps: Part[] = [
    blank > 0 && missing.blank(count(blank) as string, count(expected) as string, percent(blank, expected) as string),
    nowhere.length > 0 && missing.whole(nowhere.map((field) => texts.labels[field]).join(", ")),
    uncovered.length > 0 && folded(missing.uncovered(count(uncovered.length) as string), uncovered),
    freshness.unsynced !== null && freshness.unsynced > 0 && missing.unsynced(count(freshness.unsynced) as string),
    manual.length > 0 && folded(missing.manual(count(manual.length) as string), manual),
    archived.length > 0 && folded(missing.archived(count(archived.length) as string), archived),
    archivedCommunities > 0 && missing.archivedCommunities(count(archivedCommunities) as string),
    lacking > 0 && placesWithout(missing.without(count(lacking) as string), without, lacking),
    withoutInBarmm > 0 && missing.withoutInBarmm(count(withoutInBarmm) as string),
  ].filter((gap) => gap !== false);
  if (gaps.length === 0) return html`<p>${missing.nothing}</p>`;
  return html`<ul class="checks">${gaps.map((gap) => html`<li>${gap}</li>`)}</ul>`;
}

function folded(summary: string, units: readonly ListedUnit[]): Markup {
  const names = units.map(
    ({ name, parent, code }) => html`<li>${name}, ${parent} <span class="code">${code}</span></li>`,
  );
  return details(summary, html`<ul>${names}</ul>`, units.length);
}

function placesWithout(summary: string, provinces: readonly WithoutCommunities[], size: number): Markup {
  const regions = [...groupBy(provinces, ({ region }) => region)];
  const list = regions.map(
    ([region, within]) =>
      html`<h3>${region}</h3><dl class="names">${within.map(
        ({ province, municipalities }) => html`<dt>${province}</dt><dd>${municipalities.join(", ")}</dd>`,
      )}</dl>`,
  );
  return details(summary, list, size);
}

function details(summary: string, content: Part, size: number): Markup {
  const kind = size <= MOST_PRINTED ? html` class="print"` : NOTHING;
  return html`<details${kind}><summary>${summary}</summary>${content}</details>`;
}
