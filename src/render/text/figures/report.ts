import { grouped } from "../../../core/grouped.ts";
import type { FiguresReport } from "../../../core/overview/figures-report.ts";
import { type Style, seconds, wrapped } from "../style.ts";
import { tableLines } from "../table.ts";
import { asOfLine, foreignLines } from "./export.ts";
import { pageLines } from "./page.ts";

/** The figures that matter. The others are on the page. */
export function figuresText(report: FiguresReport, style: Style): string[] {
  if (style.quiet) return [];
  const { totals, regions, scope } = report;
  const { figures } = totals;
  const name = scope.names.length === 0 ? "Philippines" : scope.names.join(", ");
  const figure = (value: number | null) => (value === null ? "none" : grouped(value));
  const rows = [...regions.map((unit) => ({ name: unit.name, figures: unit.figures })), { name: "Total", figures }];
  const past =
    report.asOf === null
      ? []
      : [asOfLine(report.asOf), ...foreignLines(report.asOf)].flatMap((line) => wrapped(line, style, "    "));
  return [
    ...past,
    ...tableLines(
      { head: name, align: "left", cell: (row) => row.name, shortest: 24 },
      [
        [
          { head: "Communities", align: "right", cell: (row) => figure(row.figures.total_obc_communities) },
          { head: "OBC population", align: "right", cell: (row) => figure(row.figures.estimated_obc_population) },
          { head: "Households", align: "right", cell: (row) => figure(row.figures.households) },
        ],
      ],
      rows,
      style,
    ),
    "",
    ...pageLines(report.page).map((line) => `${line}, ${seconds(report.durationMs)}`),
  ];
}
