import { FIELDS } from "../../../core/fields.ts";
import { grouped } from "../../../core/grouped.ts";
import type { CommunityImportDetails, ImportReport } from "../../../core/import/import-report.ts";
import { describeTotalChange, type TotalChange } from "../../../core/import/import-totals.ts";
import { FILE_ROW, type RowFinding } from "../../../core/rows/row-finding.ts";
import { findingText } from "../../finding-text.ts";
import { html, type Markup, NOTHING, type Part } from "../html.ts";
import { changeTable } from "./changes.ts";
import { type ResultPage, resultPage, resultTable } from "./result-page.ts";

/** The page of an import of communities: what was read, what was rejected and where, and what changes. */
export function importPage(report: ImportReport): string {
  const { file, rows, created, updated, unchanged, rejected, rejects, warnings, dryRun, durationMs } = report;
  const isRefused = rejected > 0 && !report.skipInvalid;
  const figures = (done: string, would: string) => (dryRun ? would : done);
  return resultPage({
    kicker: dryRun ? "Import of communities, dry run" : "Import of communities",
    title: file === "-" ? "Standard input" : (file.split(/[\\/]/).at(-1) ?? file),
    subtitle: "What was read, what was rejected, and what changes",
    facts: [
      ["File", file],
      ["Rows read", grouped(rows)],
      ["Run", report.run ? String(report.run) : "none: nothing was written"],
      ["Took", `${(durationMs / 1000).toFixed(1)} s`],
    ],
    verdict: { isGood: rejected === 0, text: verdictOf(report, isRefused) },
    keys: isRefused
      ? [
          { name: "Rows read", value: grouped(rows) },
          { name: "Good", value: grouped(rows - rejected) },
          { name: "Bad", value: grouped(rejected) },
          { name: "Warnings", value: grouped(warnings.length) },
        ]
      : [
          { name: figures("Created", "To create"), value: grouped(created), about: "communities" },
          { name: figures("Updated", "To update"), value: grouped(updated), about: "communities" },
          { name: "Unchanged", value: grouped(unchanged), about: "communities" },
          { name: "Rejected", value: grouped(rejected), about: `rows; ${grouped(warnings.length)} warnings` },
        ],
    sections: sectionsOf(report, rejects, warnings),
  });
}

function verdictOf({ rejected, dryRun, details }: ImportReport, isRefused: boolean): string {
  const stopped = details?.stoppedAtRow ?? null;
  const rest = stopped === null ? "" : ` Reading stopped at row ${grouped(stopped)}: there may be more.`;
  const bad = rejected === 1 ? "1 row is bad" : `${grouped(rejected)} rows are bad`;
  if (isRefused) return `Nothing was written: ${bad}. Fix them in the file and import it again.${rest}`;
  const outcome = dryRun ? "Dry run: nothing was written." : "The file was imported.";
  return rejected === 0 ? outcome : `${outcome} ${bad} and left out.${rest}`;
}

function sectionsOf(
  report: ImportReport,
  rejects: readonly RowFinding[],
  warnings: readonly RowFinding[],
): ResultPage["sections"] {
  const { details, changes = [], changesOmitted = 0 } = report;
  const communities = changes.filter(({ level }) => level === "community");
  const coverages = changes.filter(({ level }) => level !== "community");
  const totals = details?.totals ?? null;
  const columns = details?.columns ?? {};
  return [
    rejects.length > 0 && {
      id: "rejected",
      heading: "Rejected",
      content: [kindList(details?.rejectKinds), findingTable("Rows that cannot be imported", rejects, columns)],
    },
    warnings.length > 0 && {
      id: "warnings",
      heading: "Warnings",
      content: [kindList(details?.warningKinds), findingTable("Rows and columns to look at", warnings, columns)],
    },
    (details?.ignoredColumns.length ?? 0) > 0 && {
      id: "ignored",
      heading: "Columns that were not read",
      content: html`<p>${details?.ignoredColumns.join(", ")}</p>`,
    },
    totals !== null && { id: "totals", heading: "Totals", content: totalsTable(totals) },
    (details?.archived.length ?? 0) > 0 && {
      id: "archived",
      heading: "Archived: not in the file",
      content: resultTable(
        "Communities",
        [
          { head: "Community", cell: ({ name, code }) => html`${name}<span class="code">${code}</span>` },
          { head: "Municipality", cell: ({ municipality }) => municipality },
        ],
        details?.archived ?? [],
        "All of them: --json.",
      ),
    },
    communities.length > 0 && {
      id: "communities",
      heading: "Communities that change",
      content: [
        changeTable("Old and new values, by barangay", communities),
        changesOmitted > 0 && html`<p class="note">${grouped(changesOmitted)} more communities change.</p>`,
      ],
    },
    coverages.length > 0 && {
      id: "coverages",
      heading: "Coverages that follow",
      content: changeTable("Old and new values, by municipality and province", coverages),
    },
  ].filter((section) => section !== false);
}

function kindList(kinds: Record<string, number> = {}): Part {
  const entries = Object.entries(kinds).sort(([, one], [, other]) => other - one);
  if (entries.length < 2) return NOTHING;
  return html`<ul>${entries.map(([kind, count]) => html`<li>${grouped(count)} ${findingText(kind)}</li>`)}</ul>`;
}

/** The author of the file looks for the cell, or for the row and the heading. */
function findingTable(
  caption: string,
  findings: readonly RowFinding[],
  columns: CommunityImportDetails["columns"],
): Markup {
  const isWorkbook = Object.values(columns).some(({ letter }) => letter !== null);
  const cellOf = ({ row, column }: RowFinding) => {
    const letter = columns[column]?.letter ?? null;
    return row === FILE_ROW || letter === null ? "" : `${letter}${row}`;
  };
  return resultTable<RowFinding>(
    caption,
    [
      { head: "Row", cell: ({ row }) => (row === FILE_ROW ? "all" : grouped(row)), isFigure: true },
      ...(isWorkbook ? [{ head: "Cell", cell: cellOf }] : []),
      { head: "Heading", cell: headingOf(columns) },
      { head: "Barangay", cell: ({ code }) => code },
      { head: "Value", cell: ({ value }) => value },
      { head: "What is wrong", cell: reasonOf },
    ],
    findings,
    "All of them: --rejects FILE or --json.",
  );
}

function headingOf(columns: CommunityImportDetails["columns"]) {
  return ({ column }: RowFinding): Part => {
    const heading = columns[column]?.heading ?? column;
    return heading === column ? heading : html`${heading}<span class="code">${column}</span>`;
  };
}

function reasonOf({ message, candidates = [] }: RowFinding): Part {
  if (candidates.length === 0) return message;
  const names = candidates.map(
    ({ code, barangay, municipality, province }) =>
      html`<li>${barangay}, ${municipality}, ${province}<span class="code">${code}</span></li>`,
  );
  return html`${message}<ul class="aside">${names}</ul>`;
}

function totalsTable({ communities, municipalities }: NonNullable<CommunityImportDetails["totals"]>): Markup {
  const groups = [
    ["", communities] as const,
    ...(municipalities === null ? [] : [["Coverages: ", municipalities] as const]),
  ];
  const names = ["total_obc_communities", ...FIELDS].filter((name) =>
    groups.some(([, totals]) => (totals[name]?.before ?? 0) + (totals[name]?.after ?? 0) > 0),
  );
  const figure = (of: TotalChange | undefined, text: (total: TotalChange) => string) =>
    of === undefined ? "" : text(of);
  return resultTable<string>(
    "Before and after, of the communities in the file and of the municipality coverages above them",
    [
      { head: "Total", cell: (name) => name },
      ...groups.flatMap(([group, totals]) => [
        {
          head: `${group}before`,
          cell: (name: string) => figure(totals[name], ({ before }) => grouped(before)),
          isFigure: true,
        },
        {
          head: `${group}after`,
          cell: (name: string) => figure(totals[name], ({ after }) => grouped(after)),
          isFigure: true,
        },
        { head: `${group}change`, cell: (name: string) => figure(totals[name], describeTotalChange), isFigure: true },
      ]),
    ],
    names,
    "",
  );
}
