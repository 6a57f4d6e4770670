import { type Chapter, chapterSections, contentsOf, factsList } from "../chapters.ts";
import { html, type Markup, NOTHING, type Part } from "../html.ts";
import { pageText } from "../page.ts";

/** What a command found or did, as a page. */
export interface ResultPage {
  /** The command. */
  kicker: string;
  title: string;
  subtitle: string;
  facts: ReadonlyArray<readonly [name: string, value: string]>;
  verdict: { isGood: boolean; text: string };
  keys: ReadonlyArray<{ name: string; value: string; about?: string }>;
  sections: readonly Chapter[];
}

export function resultPage({ kicker, title, subtitle, facts, verdict, keys, sections }: ResultPage): string {
  return pageText({
    language: "en",
    title: `${title}: ${kicker}`,
    body: html`<header class="masthead">
<p class="kicker">${kicker}</p>
<h1>${title}</h1>
<p class="subtitle">${subtitle}</p>
${factsList(facts)}
<p class="notice ${verdict.isGood ? "good" : "bad"}" role="status">${verdict.text}</p>
${sections.length < 2 ? NOTHING : contentsOf("Contents", sections)}
</header>
<main>
<section aria-label="Summary"><dl class="keys">${keys.map(
      ({ name, value, about = "" }) => html`<div><dt>${name}</dt><dd class="big">${value}</dd><dd>${about}</dd></div>`,
    )}</dl></section>
${chapterSections(sections)}</main>
<footer class="colophon"></footer>`,
  });
}

/** A column of a table. Figures are aligned to the right. */
export interface TableColumn<Row> {
  head: string;
  cell: (row: Row) => Part;
  isFigure?: boolean;
}

/** A longer table is cut: a page is for reading. */
const MOST_ROWS = 1_000;

/** A table with its caption, whose first column names the row. @param more how to see the rows that are left out */
export function resultTable<Row>(
  caption: string,
  columns: ReadonlyArray<TableColumn<Row>>,
  rows: readonly Row[],
  more: string,
): Markup {
  const rest = rows.length - MOST_ROWS;
  const kind = ({ isFigure }: TableColumn<Row>) => (isFigure === true ? html` class="n"` : NOTHING);
  const cells = (row: Row) =>
    columns.map((column, index) =>
      index === 0
        ? html`<th scope="row"${kind(column)}>${column.cell(row)}</th>`
        : html`<td${kind(column)}>${column.cell(row)}</td>`,
    );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col"${kind(column)}>${column.head}</th>`)}</tr></thead>
<tbody>${rows.slice(0, MOST_ROWS).map(
    (row) => html`<tr>${cells(row)}</tr>
`,
  )}</tbody></table></div>${rest > 0 ? html`<p class="note">The first ${MOST_ROWS.toLocaleString("en")} of ${rows.length.toLocaleString("en")}. ${more}</p>` : NOTHING}`;
}
