import type { FiguresReport } from "../../../core/overview/figures-report.ts";
import { count, percent, quotient, share } from "../figures.ts";
import { html, type Markup, NOTHING } from "../html.ts";
import type { Texts } from "../texts/texts.ts";

/** The four figures that matter, each with what it means. */
export function keyFigures({ totals, scope }: FiguresReport, texts: Texts): Markup {
  const { figures, fromCommunities } = totals;
  const { key } = texts;
  const known = (value: number | null, sentence: string | null) => (value === null ? key.missing : (sentence ?? ""));
  const population = figures.estimated_obc_population;
  const ofPeople = share(population, figures.total_barangay_population);
  const size = quotient(population, figures.households);
  const barangays = percent(totals.communities, totals.barangays);
  const all = count(totals.allMunicipalities) as string;
  const provinces = count(totals.provinces) as string;
  const cards = [
    {
      name: key.communities,
      value: figures.total_obc_communities,
      about: known(
        figures.total_obc_communities,
        barangays && key.inBarangays(barangays, count(totals.barangays) as string),
      ),
      isSummed: fromCommunities.includes("total_obc_communities"),
    },
    {
      name: key.population,
      value: population,
      about: known(population, ofPeople === null ? key.persons : key.ofBarangays(ofPeople)),
      isSummed: fromCommunities.includes("estimated_obc_population"),
    },
    {
      name: key.households,
      value: figures.households,
      about: known(figures.households, size && key.perHousehold(size)),
      isSummed: fromCommunities.includes("households"),
    },
    {
      name: key.municipalities,
      value: totals.municipalities,
      about: scope.kind === "municipality" ? key.ofMunicipalitiesOnly(all) : key.ofMunicipalities(all, provinces),
      isSummed: false,
    },
  ];
  return html`<dl class="keys">${cards.map(
    ({ name, value, about, isSummed }) => html`<div><dt>${name}</dt><dd class="big">${count(value) ?? "–"}</dd>
<dd>${about}</dd>${isSummed ? html`<dd><span class="tag">${key.fromCommunities}</span></dd>` : NOTHING}</div>`,
  )}</dl>`;
}
