import { AGE_GROUPS, FIELDS, type Field } from "../../../core/fields.ts";
import type { FiguresReport } from "../../../core/overview/figures-report.ts";
import { bar, count, figureCell, percent } from "../figures.ts";
import { html, type Markup, NOTHING } from "../html.ts";
import type { Texts } from "../texts/texts.ts";

/** Every field, in groups that a reader looks for. */
const GROUPS: Record<keyof Texts["fields"]["groups"], readonly Field[]> = {
  people: ["estimated_obc_population", "total_barangay_population", "households", "families", "women_count"],
  age: AGE_GROUPS,
  conditions: through("solo_parents_count", "migrants_transients_count"),
  organizations: through("csos_count", "number_of_unbanked_obc"),
  religion: through("mosques_count", "religious_leaders_count"),
};

/** The fields of the registry from one to another. */
function through(first: Field, last: Field): readonly Field[] {
  return FIELDS.slice(FIELDS.indexOf(first), FIELDS.indexOf(last) + 1);
}

/** The total of every field, and how many communities have it. */
export function fieldsTable({ totals, completeness }: FiguresReport, texts: Texts): Markup {
  const { fields, labels } = texts;
  const row = (field: Field) => {
    const filled = completeness.filled[field];
    const isSummed = totals.fromCommunities.includes(field);
    return html`<tr><th scope="row">${labels[field]}${isSummed ? html`<span class="tag">${fields.fromCommunities}</span>` : NOTHING}</th>${figureCell(count(totals.figures[field]), texts)}<td class="graph">${bar(totals.communities === 0 ? 0 : filled / totals.communities)}</td>${figureCell(count(filled), texts)}${figureCell(percent(filled, totals.communities), texts)}</tr>
`;
  };
  const groups = Object.entries(GROUPS) as Array<[keyof Texts["fields"]["groups"], readonly Field[]]>;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${fields.caption}"><table class="barred fields"><caption>${fields.caption}</caption>
<thead><tr><th scope="col">${fields.figure}</th><th scope="col" class="n">${fields.total}</th><td class="graph"></td><th scope="col" class="n">${fields.communities}</th><th scope="col" class="n">${fields.share}</th></tr></thead>
${groups.map(
  ([group, members]) => html`<tbody><tr class="total"><th scope="rowgroup" colspan="5">${fields.groups[group]}</th></tr>
${members.map(row)}</tbody>`,
)}</table></div>`;
}
