import { grouped } from "../../../core/grouped.ts";
import { describeTotalChange } from "../../../core/import/import-totals.ts";
import type { ChangesSince, CoverageChange } from "../../../core/overview/figures-report.ts";
import type { FigureColumn } from "../../../core/overview/overview-unit.ts";
import type { RecordedRun } from "../../../core/runs/run.ts";
import { count, figureCell, timeOf } from "../figures.ts";
import { html, type Markup, NOTHING } from "../html.ts";
import type { Texts } from "../texts/texts.ts";

const MOST_UNITS = 150;

/** The figures that a reader compares. Others are counted. */
const SHOWN: readonly FigureColumn[] = ["total_obc_communities", "estimated_obc_population", "households"];

/** What the runs since a point in time have changed. */
export function changesSection(changes: ChangesSince, texts: Texts): Markup {
  const words = texts.changes;
  const { since, runs, runCount, units, coverages, level } = changes;
  const point = "run" in since ? words.sinceRun(String(since.run)) : words.sinceTime(timeOf(since.time, texts));
  const { changed, created, removed } = units.community;
  const summary =
    runCount === 0
      ? words.none
      : words.summary(grouped(runCount), grouped(changed), grouped(created), grouped(removed));
  const rest = coverages.length - MOST_UNITS;
  return html`<p>${point} ${summary} ${words.foreign}</p>${
    coverages.length === 0
      ? NOTHING
      : html`<h3>${words.coverages[level]}</h3><div class="scroll" tabindex="0" role="region" aria-label="${words.coverages[level]}"><table><caption class="vh">${words.coverages[level]}</caption>
<thead><tr><th scope="col">${words.unit}</th><th scope="col">${words.figure}</th><th scope="col" class="n">${words.before}</th><th scope="col" class="n">${words.after}</th><th scope="col" class="n">${words.change}</th></tr></thead>
<tbody>${coverages.slice(0, MOST_UNITS).map((coverage) => coverageRows(coverage, texts))}</tbody></table></div>${
          rest > 0 ? html`<p class="note">${words.more(grouped(rest))}</p>` : NOTHING
        }`
  }${runCount === 0 ? NOTHING : runTable(runs, runCount, texts)}`;
}

function coverageRows({ name, parent, code, figures }: CoverageChange, texts: Texts): Markup[] {
  const shown = SHOWN.filter((column) => figures[column] !== undefined);
  const other = Object.keys(figures).length - shown.length;
  const cells = shown.map((column) => {
    const { before, after } = figures[column] as { before: number | null; after: number | null };
    const change = describeTotalChange({ before: before ?? 0, after: after ?? 0 });
    return html`<td>${texts.labels[column]}</td>${figureCell(count(before), texts)}${figureCell(count(after), texts)}<td class="n">${change}</td>`;
  });
  if (other > 0) cells.push(html`<td colspan="4">${texts.changes.other(grouped(other))}</td>`);
  return cells.map((cell, index) =>
    index === 0
      ? html`<tr><th scope="row" rowspan="${cells.length}">${name}, ${parent}<span class="code">${code}</span></th>${cell}</tr>
`
      : html`<tr>${cell}</tr>
`,
  );
}

function runTable(runs: readonly RecordedRun[], runCount: number, texts: Texts): Markup {
  const words = texts.changes;
  const earlier = runCount - runs.length;
  return html`<h3>${words.runs}</h3><div class="scroll" tabindex="0" role="region" aria-label="${words.runs}"><table><caption class="vh">${words.runs}</caption>
<thead><tr><th scope="col" class="n">${words.run}</th><th scope="col">${words.finished}</th><th scope="col">${words.command}</th><th scope="col">${words.by}</th><th scope="col">${words.file}</th></tr></thead>
<tbody>${runs.map(
    ({ id, finishedAt, command, actor, file }) =>
      html`<tr><th scope="row" class="n">${id}</th><td>${finishedAt.slice(0, 16).replace("T", " ")}</td><td>${command}</td><td>${actor}</td><td>${file?.name}</td></tr>
`,
  )}</tbody></table></div>${earlier > 0 ? html`<p class="note">${words.earlier(grouped(earlier))}</p>` : NOTHING}`;
}
