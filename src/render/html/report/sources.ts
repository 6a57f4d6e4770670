import type { FiguresReport } from "../../../core/overview/figures-report.ts";
import { dayOf, timeOf } from "../figures.ts";
import { html, type Markup } from "../html.ts";
import type { Texts } from "../texts/texts.ts";

/** Where the figures come from, and what they are not. */
export function sourcesOf(report: FiguresReport, texts: Texts): Markup {
  const { sources } = texts;
  const { totals, freshness, scope, createdAt, edition } = report;
  const { oldestCoverage, newestCoverage } = freshness;
  const blank = totals.fromCommunities.map((column) => texts.labels[column]).join(", ");
  const notes = [
    report.note,
    sources.coverages,
    scope.kind === "municipality" && sources.partial,
    blank !== "" && sources.fromCommunities(blank),
    sources.manual,
    sources.estimate,
    sources.geography(edition ?? texts.unknown),
    oldestCoverage !== null &&
      newestCoverage !== null &&
      sources.oldest(dayOf(oldestCoverage, texts), dayOf(newestCoverage, texts)),
    sources.made(timeOf(createdAt, texts)),
  ].filter((note) => typeof note === "string");
  return html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>`;
}
