import type { PlanExplanation } from "../../../core/diagnosis/perf.ts";
import { grouped } from "../../../core/grouped.ts";
import { cut, type Style, wrapped } from "../style.ts";

/** The query plan of each scope, followed by the full scans and missing indexes found in them. */
export function explanationLines(explanations: readonly PlanExplanation[], style: Style): string[] {
  return [
    ...explanations.flatMap(({ label, steps }) => [
      "",
      style.paint.bold(`Query plan: ${label}`),
      ...steps.map((step) => cut(`  ${step}`, style.width)),
    ]),
    "",
    style.paint.bold("Full scans and missing indexes"),
    ...explanations.flatMap((explanation) => fullScanLines(explanation, style)),
    ...missingIndexLines(explanations, style),
    ...(explanations.some(({ missingIndexes }) => missingIndexes.length > 0)
      ? []
      : [style.paint.green("✓ No index is missing")]),
  ];
}

function fullScanLines({ label, fullScans, missingIndexes }: PlanExplanation, style: Style): string[] {
  return fullScans.flatMap(({ table, rows, expected }) => {
    const scan = `full scan of ${table} (${grouped(rows)} rows)`;
    if (expected) return wrapped(`· ${label}: ${scan}: expected, a full sync reads all of it`, style, "  ");
    const why = missingIndexes.some((index) => index.table === table)
      ? "an index is missing, see below"
      : "no index is missing, the database estimates that a scan is cheaper than that many lookups";
    return wrapped(`! ${label}: ${scan}: ${why}`, style, "  ", style.paint.yellow);
  });
}

/** Lists each index once, even where several scopes lack it. The statement is on a separate line, for copying. */
export function missingIndexLines(explanations: readonly PlanExplanation[], { paint }: Style): string[] {
  const missing = new Map(
    explanations.flatMap(({ missingIndexes }) => missingIndexes.map((index) => [index.createIndex, index])),
  );
  return [...missing.values()].flatMap(({ table, columns, createIndex }) => [
    paint.red(`✗ Missing index on ${table} (${columns.join(", ")})`),
    paint.bold(`    → ${createIndex}`),
  ]);
}
