import Table from "cli-table3";
import type { OverBudget, PerfReport, PlanExplanation, ScopePerformance, Spread } from "../core/perf.ts";
import { counted, grouped, type Style } from "./text-style.ts";

/** How much of a statement is shown where it is named and not asked for. */
const STATEMENT_SHOWN = 160;

export function perfText(report: PerfReport, style: Style): string[] {
  const problems = report.overBudget.flatMap((over) => overBudgetLines(over, style));
  const findings = [...growthLines(report, style), ...problems];
  if (style.quiet) return report.growth.ok ? problems : findings;
  return [
    ...headLines(report, style),
    ...scopesTable(report.scopes),
    ...findings,
    ...(problems.length === 0 ? [style.paint.green(`✓ Within budget: ${budgetText(report)}`)] : []),
    ...(report.explanations ?? []).flatMap((explanation) => explanationLines(explanation, style)),
    ...(report.showSql ? report.scopes.flatMap((scope) => statementLines(scope, style)) : []),
  ];
}

function headLines({ database, rows, runs, outOfDate }: PerfReport, { paint }: Style): string[] {
  const first = outOfDate ? "every coverage in scope (changed: 100 communities) put out of date first, " : "";
  return [
    paint.bold(
      `Real syncs, ${counted(runs, "run", "runs")} of each scope after one to warm up; ${first}everything undone`,
    ),
    `Database: ${database.version}, ${database.name}`,
    `Rows: ${Object.entries(rows)
      .map(([table, count]) => `${table} ${grouped(count)}`)
      .join(", ")}`,
    "",
  ];
}

function scopesTable(scopes: readonly ScopePerformance[]): string[] {
  const table = new Table({
    head: [
      "Scope",
      "Unit",
      "Communities",
      "Changes",
      "Read",
      "Write",
      "Book-\nkeeping",
      "Control",
      "Rows\nread",
      "Rows\nwritten",
      "In statements\nmedian ms",
      "Total ms\nmin / median / max",
    ],
    colAligns: ["left", "left", ...new Array<"right">(10).fill("right")],
    style: { head: [], border: [], compact: true },
  });
  for (const { label, name, communities, changes, queries, rowsRead, rowsWritten, statementsMs, totalMs } of scopes) {
    table.push([
      label,
      name,
      grouped(communities),
      grouped(changes),
      queries.read,
      queries.write,
      queries.bookkeeping,
      queries.control,
      grouped(rowsRead),
      grouped(rowsWritten),
      statementsMs.median.toFixed(1),
      spreadText(totalMs),
    ]);
  }
  return [...table.toString().split("\n"), ""];
}

function spreadText({ min, median, max }: Spread): string {
  return [min, median, max].map((value) => value.toFixed(1)).join(" / ");
}

function growthLines({ growth }: PerfReport, { paint }: Style): string[] {
  const figures = growth.figures
    .map(({ label, statements, communities }) => `${label} ${statements} (${grouped(communities)} communities)`)
    .join(", ");
  return growth.ok
    ? [paint.green(`✓ No N+1: reads and writes do not grow with the scope: ${figures}`)]
    : [paint.red(`✗ N+1: the number of reads and writes grows with the scope: ${figures}`)];
}

function overBudgetLines({ label, limit, allowed, measured, statements }: OverBudget, { paint }: Style): string[] {
  const figure = limit === "max-ms" ? `${measured.toFixed(1)} ms` : `${measured} reads and writes`;
  return [
    paint.red(`✗ Over budget: ${label}: ${figure}, --${limit} allows ${allowed}`),
    ...statements.map((sql) => `    ${shortened(sql)}`),
  ];
}

function budgetText({ budget }: PerfReport): string {
  const time = budget.maxMs === null ? "" : ` and ${budget.maxMs} ms`;
  return `at most ${counted(budget.maxQueries, "read or write", "reads and writes")}${time} a sync`;
}

function explanationLines({ label, steps, fullScans, missingIndexes }: PlanExplanation, { paint }: Style): string[] {
  return [
    "",
    paint.bold(`Query plan: ${label}`),
    ...steps.map((step) => `  ${step}`),
    ...fullScans.map(({ table, rows, expected }) => {
      const text = `  Full scan of ${table} (${grouped(rows)} rows)`;
      return expected ? paint.dim(`${text}: expected, a full sync reads all of it`) : paint.yellow(text);
    }),
    ...missingIndexes.map(({ table, columns, createIndex }) =>
      paint.red(`  Missing index on ${table} (${columns.join(", ")}): ${createIndex}`),
    ),
  ];
}

function statementLines({ label, statements }: ScopePerformance, { paint }: Style): string[] {
  return [
    "",
    paint.bold(`Statements: ${label}`),
    ...statements.flatMap(({ sql, ms, rows }) => [
      paint.dim(`  -- ${ms.toFixed(1)} ms, ${counted(rows, "row", "rows")}`),
      `  ${sql}`,
    ]),
  ];
}

function shortened(sql: string): string {
  const line = sql.replace(/\s+/g, " ");
  return line.length > STATEMENT_SHOWN ? `${line.slice(0, STATEMENT_SHOWN)} ...` : line;
}
