import { grouped } from "../../../core/grouped.ts";
import { describeTotalChange } from "../../../core/import/import-totals.ts";
import type { ChangesSince, CoverageChange } from "../../../core/overview/figures-report.ts";
import type { FigureName } from "../../../core/overview/overview-unit.ts";
import type { RecordedRun } from "../../../core/runs/run.ts";
import { count, timeOf } from "../figures.ts";
import { html, type Markup, NOTHING } from "../html.ts";
import type { Texts } from "../texts/texts.ts";

const MOST_UNITS = 150;

/** The figures that a reader compares. Others are counted. */
const SHOWN: readonly FigureName[] = ["total_obc_communities", "estimated_obc_population", "households"];

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
  return html`<p>${point} ${summary} ${words.foreign} ${changes.isForgotten && words.forgotten}</p>${
    coverages.length === 0
      ? NOTHING
      : html`<h3>${words.coverages[level]}</h3><div class="scroll" tabindex="0" role="region" aria-label="${words.coverages[level]}"><table><caption class="vh">${words.coverages[level]}</caption>
<thead><tr><th scope="col">${words.unit}</th>${SHOWN.map((column) => html`<th scope="col" class="n">${texts.labels[column]}</th>`)}<th scope="col" class="n">${words.others}</th></tr></thead>
<tbody>${coverages.slice(0, MOST_UNITS).map((coverage) => coverageRow(coverage, texts))}</tbody></table></div>${
          rest > 0 ? html`<p class="note">${words.more(grouped(rest))}</p>` : NOTHING
        }`
  }${runCount === 0 ? NOTHING : runTable(runs, runCount, texts)}`;
}

function coverageRow({ name, parent, code, figures }: CoverageChange, texts: Texts): Markup {
  const cells = SHOWN.map((column) => {
    const change = figures[column];
    return change === undefined ? html`<td class="n"></td>` : changeCell(change, texts);
  });
  const others = Object.keys(figures).length - SHOWN.filter((column) => figures[column] !== undefined).length;
  return html`<tr><th scope="row">${name}, ${parent}<span class="code">${code}</span></th>${cells}<td class="n">${others === 0 ? "" : grouped(others)}</td></tr>
`;
}

/** "4,288 → 4,182" and below it "-2.5 %". */
function changeCell({ before, after }: { before: number | null; after: number | null }, texts: Texts): Markup {
  const change = describeTotalChange({ before: before ?? 0, after: after ?? 0 });
  const side = (figure: number | null) => count(figure) ?? texts.changes.nothing;
  const share = before === null || after === null ? NOTHING : html`<br><span class="code">${change}</span>`;
  return html`<td class="n">${side(before)} → ${side(after)}${share}</td>`;
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
