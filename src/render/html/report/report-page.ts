import { grouped } from "../../../core/grouped.ts";
import type { FiguresReport } from "../../../core/overview/figures-report.ts";
import { refuseValue } from "../../../core/records/given-values.ts";
import { type Chapter, chapterSections, contentsOf, factsList } from "../chapters.ts";
import { timeOf } from "../figures.ts";
import { html, type Markup, NOTHING } from "../html.ts";
import { pageText } from "../page.ts";
import { LANGUAGES, type Language, TEXTS, type Texts } from "../texts/texts.ts";
import { regionBars } from "./bars.ts";
import { changesSection } from "./changes.ts";
import { fieldsTable } from "./fields.ts";
import { findingsSection } from "./findings.ts";
import { keyFigures } from "./key-figures.ts";
import { mapSection } from "./map.ts";
import { missingSection } from "./missing.ts";
import { pastNotice } from "./past.ts";
import { sourcesOf } from "./sources.ts";
import { structureSection } from "./structure.ts";
import { unitTable } from "./unit-table.ts";

export interface PageOptions {
  /** Of the headings; English by default. */
  language?: Language | undefined;
}

/** The page of a report: one HTML document without any other file. */
export function reportPage(report: FiguresReport, options: PageOptions = {}): string {
  const language = options?.language ?? "en";
  // JavaScript may pass anything, whatever the types say.
  if (report?.command !== "report") refuseValue("the report", report, "what report() returns");
  if (!LANGUAGES.includes(language)) refuseValue("language", language, LANGUAGES.join(" or "));
  const texts = TEXTS[language];
  const title = titleOf(report, texts);
  const chapters = chaptersOf(report, texts);
  return pageText({
    language,
    title: `${title}: ${texts.subtitle}`,
    body: html`<a class="skip" href="#figures">${texts.key.heading}</a>
${masthead(report, title, chapters, texts)}
<main>
<section id="figures" aria-label="${texts.key.heading}">${keyFigures(report, texts)}</section>
${chapterSections(chapters)}</main>
<footer class="colophon"><h2>${texts.sources.heading}</h2>${sourcesOf(report, texts)}</footer>`,
  });
}

function titleOf({ scope }: FiguresReport, texts: Texts): string {
  const { kind, names } = scope;
  if (kind === "all" || kind === "changed") return texts.country;
  return names.length <= 3 ? names.join(", ") : texts.scopeOfSeveral(String(names.length), kind);
}

function masthead(report: FiguresReport, title: string, chapters: readonly Chapter[], texts: Texts): Markup {
  const { lastSync } = report.freshness;
  const facts = [
    [texts.asOf, timeOf(report.asOf?.time ?? report.createdAt, texts)],
    [texts.edition, report.edition ?? texts.unknown],
    [texts.lastSync, lastSync === null ? texts.never : timeOf(lastSync.finishedAt, texts)],
    [texts.database, report.database],
  ] as const;
  const { kind, names } = report.scope;
  const listed = kind !== "all" && names.length > 3 ? html`<p class="note">${names.join(", ")}</p>` : NOTHING;
  return html`<header class="masthead">
<p class="kicker">${texts.kicker}</p>
<h1>${title}</h1>
<p class="subtitle">${texts.subtitle}</p>${listed}
${factsList(facts)}
${report.asOf === null ? NOTHING : pastNotice(report.asOf, texts)}
${noticesOf(report, texts).map((notice) => html`<p class="notice">${notice}</p>`)}
${contentsOf(texts.contents, chapters)}
</header>`;
}

/** What a reader must know before any figure. */
function noticesOf({ note, hasExampleFigures, completeness }: FiguresReport, texts: Texts): string[] {
  const manual = completeness.manual.length;
  return [note, hasExampleFigures && texts.notices.example, manual > 0 && texts.notices.manual(grouped(manual))].filter(
    (notice) => typeof notice === "string",
  );
}

function chaptersOf(report: FiguresReport, texts: Texts): Chapter[] {
  const { map } = report;
  const bars = regionBars(report, texts);
  const isOfCommunities = map?.column === "total_obc_communities";
  return [
    map !== null && {
      id: "map",
      heading: isOfCommunities ? texts.map.headingCommunities : texts.map.heading,
      content: mapSection(map, report.regions, texts),
    },
    bars !== null && { id: "bars", heading: texts.bars.heading[bars.level], content: bars.content },
    { id: "units", heading: texts.table.heading, content: unitTable(report, texts) },
    { id: "structure", heading: texts.structure.heading, content: structureSection(report, texts) },
    { id: "fields", heading: texts.fields.heading, content: fieldsTable(report, texts) },
    { id: "missing", heading: texts.missing.heading, content: missingSection(report, texts) },
    report.asOf === null && {
      id: "findings",
      heading: texts.findings.heading,
      content: findingsSection(report.checks, texts),
    },
    report.changes !== null && {
      id: "changes",
      heading: texts.changes.heading,
      content: changesSection(report.changes, texts),
    },
  ].filter((chapter) => chapter !== false);
}
