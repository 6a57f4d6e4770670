import type { OverBudget, PerfReport, ScopePerformance, Spread } from "../../../core/diagnosis/perf.ts";
import { grouped, groupedFixed } from "../../../core/grouped.ts";
import { counted, cut, type Style, wrapped } from "../style.ts";
import { type Column, tableLines } from "../table.ts";
import { explanationLines, missingIndexLines } from "./query-plan.ts";

/** Maximum length of a statement over budget without a terminal. --show-sql prints statements in full. */
const STATEMENT_SHOWN = 160;

export function perfText(report: PerfReport, style: Style): string[] {
  const problems = report.overBudget.flatMap((over) => overBudgetLines(over, style));
  const findings = [...growthLines(report, style), ...problems];
  if (style.quiet) {
    return [...(report.growth.ok ? problems : findings), ...missingIndexLines(report.explanations ?? [], style)];
  }
  return [
    ...headLines(report, style),
    ...scopesTable(report.scopes, style),
    "",
    ...findings,
    ...(problems.length === 0 ? wrapped(`✓ Within budget: ${budgetText(report)}`, style, "  ", style.paint.green) : []),
    ...(report.showSql ? report.scopes.flatMap((scope) => statementLines(scope, style)) : []),
    ...(report.explanations === null ? [] : explanationLines(report.explanations, style)),
  ];
}

function headLines({ database, rows, runs, outOfDate }: PerfReport, style: Style): string[] {
  const first = outOfDate ? "every coverage in scope (changed: 100 communities) made out of date first, " : "";
  const ran = `Real syncs, ${counted(runs, "run", "runs")} of each scope after a warm-up run; ${first}all rolled back`;
  const counts = Object.entries(rows).map(([table, count]) => `${table} ${grouped(count)}`);
  return [
    ...wrapped(ran, style, "", style.paint.bold),
    `Database: ${database.version}, ${database.name}`,
    ...wrapped(`Rows: ${counts.join(", ")}`, style, "  "),
    "",
  ];
}

function scopesTable(scopes: readonly ScopePerformance[], style: Style): string[] {
  const column = (head: string, cell: (scope: ScopePerformance) => number | string): Column<ScopePerformance> => ({
    head,
    align: "right",
    cell: (scope) => {
      const value = cell(scope);
      return typeof value === "number" ? grouped(value) : value;
    },
  });
  return tableLines(
    { head: "Scope", align: "left", cell: ({ label }) => label },
    [
      [
        { head: "Unit", align: "left", cell: ({ name }) => name, shortest: 20 },
        column("Communities", ({ communities }) => communities),
        column("Coverages\nto change", ({ changes }) => changes),
      ],
      [
        column("Reads", ({ queries }) => queries.read),
        column("Writes", ({ queries }) => queries.write),
        column("Book-\nkeeping", ({ queries }) => queries.bookkeeping),
        column("Control", ({ queries }) => queries.control),
        column("Rows\nread", ({ rowsRead }) => rowsRead),
        column("Rows\nwritten", ({ rowsWritten }) => rowsWritten),
      ],
      [
        column("In statements, ms\nmin / median / max", ({ statementsMs }) => spreadText(statementsMs)),
        column("Total, ms\nmin / median / max", ({ totalMs }) => spreadText(totalMs)),
      ],
    ],
    scopes,
    style,
  );
}

function spreadText({ min, median, max }: Spread): string {
  return [min, median, max].map((value) => groupedFixed(value, 1)).join(" / ");
}

function growthLines({ growth }: PerfReport, style: Style): string[] {
  const figures = growth.figures
    .map(
      ({ label, statements, communities }) =>
        `${label} ${grouped(statements)} (${counted(communities, "community", "communities")})`,
    )
    .join(", ");
  const [color, verdict] = growth.ok
    ? [style.paint.green, "✓ No N+1: reads and writes do not grow with the scope"]
    : [style.paint.red, "✗ N+1: the number of reads and writes grows with the scope"];
  return wrapped(`${verdict}: ${figures}`, style, "  ", color);
}

function overBudgetLines({ label, limit, allowed, measured, statements }: OverBudget, style: Style): string[] {
  const figure =
    limit === "max-ms" ? `${groupedFixed(measured, 1)} ms` : counted(measured, "read or write", "reads and writes");
  const line = (sql: string) => `    ${sql.replace(/\s+/g, " ")}`;
  return [
    style.paint.red(`✗ Over budget: ${label}: ${figure}, --${limit} allows ${grouped(allowed)}`),
    ...statements.map((sql) => cut(line(sql), style.width ?? STATEMENT_SHOWN)),
  ];
}

function budgetText({ budget }: PerfReport): string {
  const time = budget.maxMs === null ? "" : ` and ${grouped(budget.maxMs)} ms`;
  return `at most ${counted(budget.maxQueries, "read or write", "reads and writes")}${time} a sync`;
}

function statementLines({ label, statements }: ScopePerformance, { paint }: Style): string[] {
  return [
    "",
    paint.bold(`Statements: ${label}`),
    ...statements.flatMap(({ sql, ms, rows }) => [
      paint.dim(`  -- ${groupedFixed(ms, 1)} ms, ${counted(rows, "row", "rows")}`),
      `  ${sql}`,
    ]),
  ];
}
