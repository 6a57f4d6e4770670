import { grouped } from "../../../core/grouped.ts";
import type { CoverageValue } from "../../../core/sync/planned-change.ts";
import type { SyncFinding } from "../../../core/sync/sync-finding.ts";
import type { Drift } from "../../../core/verify/drift.ts";
import type { SourceMismatch } from "../../../core/verify/source-comparison.ts";
import { isClean, type VerifyReport } from "../../../core/verify/verify-report.ts";
import { html, type Markup } from "../html.ts";
import { type ResultPage, resultPage, resultTable } from "./result-page.ts";

/** The page of verify: every coverage that differs from its communities. */
export function verifyPage(report: VerifyReport): string {
  const { scope, drift, findings, checked, source, durationMs } = report;
  const differing = drift.length + findings.length;
  return resultPage({
    kicker: "Verification of coverages",
    title: scope.kind === "all" ? "Philippines" : `${scope.kind} ${scope.units.join(", ")}`,
    subtitle: "Every coverage computed again from its communities, by queries that a sync does not use",
    facts: [
      ["Checked", `${grouped(checked.municipalities)} municipalities, ${grouped(checked.provinces)} provinces`],
      ["Compared with", source === null ? "the communities" : `the communities, and ${source.file}`],
      ["Took", `${(durationMs / 1000).toFixed(1)} s`],
    ],
    verdict: { isGood: isClean(report), text: verdictOf(report) },
    keys: [
      { name: "Coverages that differ", value: grouped(differing) },
      { name: "Municipalities", value: grouped(checked.municipalities), about: "checked" },
      { name: "Provinces", value: grouped(checked.provinces), about: "checked" },
      source === null
        ? { name: "Communities", value: grouped(report.totals.communities.total_obc_communities ?? 0) }
        : { name: "Figures unlike the file", value: grouped(source.mismatches.length) },
    ],
    sections: sectionsOf(report),
  });
}

function verdictOf(report: VerifyReport): string {
  if (report.isEmpty) return "There was nothing to verify: no community and no coverage.";
  if (isClean(report)) return "All coverages agree with their communities.";
  const differing = report.drift.length;
  if (differing === 0) return "The coverages agree with their communities, but see below.";
  return `${differing === 1 ? "1 coverage differs" : `${grouped(differing)} coverages differ`} from the communities. Fix with: obc-sync sync`;
}

function sectionsOf({ drift, findings, source, totals }: VerifyReport): ResultPage["sections"] {
  return [
    drift.length > 0 && { id: "differences", heading: "Differences", content: driftTable(drift) },
    findings.length > 0 && {
      id: "too-large",
      heading: "Sums that are too large to store",
      content: largeTable(findings),
    },
    source !== null &&
      source.mismatches.length > 0 && {
        id: "file",
        heading: "Unlike the file",
        content: mismatchTable(source.mismatches),
      },
    { id: "totals", heading: "Totals", content: totalsTable(totals) },
  ].filter((section) => section !== false);
}

function driftTable(drift: readonly Drift[]): Markup {
  const textOf = (value: CoverageValue) =>
    value === null ? "none" : typeof value === "number" ? grouped(value) : String(value);
  return resultTable(
    "What is stored, and what the communities give",
    [
      { head: "Coverage", cell: ({ name, parent, code }) => html`${name}, ${parent}<span class="code">${code}</span>` },
      { head: "State", cell: ({ kind }) => kind },
      {
        head: "Values",
        cell: ({ fields }) =>
          Object.entries(fields)
            .map(([field, { stored, expected }]) => `${field} ${textOf(stored)}, expected ${textOf(expected)}`)
            .join("; "),
      },
    ],
    drift,
    "All of them: obc-sync verify --json.",
  );
}

function largeTable(findings: readonly SyncFinding[]): Markup {
  return resultTable(
    "Left out by a sync until the figure is corrected",
    [
      { head: "Coverage", cell: ({ name, parent, code }) => html`${name}, ${parent}<span class="code">${code}</span>` },
      { head: "Figures", cell: ({ fields }) => Object.keys(fields).join(", ") },
    ],
    findings,
    "All of them: obc-sync verify --json.",
  );
}

function mismatchTable(mismatches: readonly SourceMismatch[]): Markup {
  return resultTable(
    "Figures of the file and of the database",
    [
      {
        head: "Unit",
        cell: ({ level, name, code }) =>
          level === "all" ? "everything" : html`${name}<span class="code">${code}</span>`,
      },
      { head: "Figure", cell: ({ field }) => field },
      { head: "In the file", cell: ({ source }) => grouped(source), isFigure: true },
      { head: "In the database", cell: ({ database }) => grouped(database), isFigure: true },
    ],
    mismatches,
    "All of them: obc-sync verify --json.",
  );
}

function totalsTable({ communities, municipalities, provinces }: VerifyReport["totals"]): Markup {
  const figure = (head: string, totals: Record<string, number>) => ({
    head,
    cell: (name: string) => (totals[name] === undefined ? "" : grouped(totals[name])),
    isFigure: true,
  });
  return resultTable<string>(
    "Sums at each level, which should be the same",
    [
      { head: "Total", cell: (name) => name },
      figure("Communities", communities),
      figure("Municipalities", municipalities),
      figure("Provinces", provinces),
    ],
    Object.keys(communities),
    "",
  );
}
