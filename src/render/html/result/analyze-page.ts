import { type AnalyzeReport, countFindings, type RegionOverview } from "../../../core/diagnosis/analysis.ts";
import { grouped } from "../../../core/grouped.ts";
import { counted } from "../../text/style.ts";
import { percent } from "../figures.ts";
import type { Markup } from "../html.ts";
import { findingsSection } from "../report/findings.ts";
import { TEXTS } from "../texts/texts.ts";
import { resultPage, resultTable } from "./result-page.ts";

/** The page of analyze: what the checks found, and an overview by region. */
export function analyzePage(report: AnalyzeReport): string {
  const { checks, regions, scope, database, isEmpty, durationMs } = report;
  const errors = countFindings(checks, "error");
  const warnings = countFindings(checks, "warning");
  const sum = (figure: (region: RegionOverview) => number) =>
    grouped(regions.reduce((all, region) => all + figure(region), 0));
  return resultPage({
    kicker: "Analysis of the figures",
    title: scope.kind === "all" ? "Philippines" : `${scope.kind} ${scope.units.join(", ")}`,
    subtitle: "What is wrong or looks wrong, and how to fix it",
    facts: [
      ["Database", database],
      ["Checks", grouped(checks.length)],
      ["Took", `${(durationMs / 1000).toFixed(1)} s`],
    ],
    verdict: {
      isGood: errors === 0,
      text: isEmpty
        ? "There was nothing to check: no community and no coverage."
        : errors + warnings === 0
          ? "The checks found no error and no warning."
          : `The checks found ${counted(errors, "error", "errors")} and ${counted(warnings, "warning", "warnings")}.`,
    },
    keys: [
      { name: "Errors", value: grouped(errors) },
      { name: "Warnings", value: grouped(warnings) },
      { name: "Notes", value: grouped(countFindings(checks, "info")) },
      { name: "Communities", value: sum(({ communities }) => communities), about: "in this scope" },
    ],
    sections: [
      { id: "findings", heading: "Findings", content: findingsSection(checks, TEXTS.en) },
      { id: "regions", heading: "Regions", content: regionTable(regions) },
    ],
  });
}

function regionTable(regions: readonly RegionOverview[]): Markup {
  const share = (value: number | null) => percent(value, 1) ?? "–";
  return resultTable(
    "Communities, and how much of the figures there is",
    [
      { head: "Region", cell: ({ name }) => name },
      { head: "Provinces", cell: ({ provinces }) => grouped(provinces), isFigure: true },
      { head: "Municipalities", cell: ({ municipalities }) => grouped(municipalities), isFigure: true },
      { head: "Communities", cell: ({ communities }) => grouped(communities), isFigure: true },
      { head: "Population", cell: ({ population }) => grouped(population), isFigure: true },
      { head: "With coverage, %", cell: ({ coverageShare }) => share(coverageShare), isFigure: true },
      { head: "Figures filled, %", cell: ({ completeness }) => share(completeness), isFigure: true },
    ],
    regions,
    "",
  );
}
