import { type Command, Option } from "commander";
import { pointInTime } from "../../core/figures/point-in-time.ts";
import type { Language } from "../../render/html/texts/texts.ts";
import { onDatabase } from "../context.ts";
import { type Ask, examples } from "../invocation.ts";
import { addScopeOptions, type ScopeFlags, scopeRequest } from "../options.ts";
import { openFile, withPage } from "../page-file.ts";

type ReportFlags = ScopeFlags & {
  output: string;
  since?: string;
  asOf?: string;
  lang: Language;
  note?: string;
  boundaries?: string;
  open?: boolean;
  overwrite?: boolean;
};

export function addReportCommand(program: Command, ask: Ask): void {
  addScopeOptions(program.command("report"))
    .description(
      "write the figures as one page of HTML to read, send and print: map, tables, what is missing; write nothing else",
    )
    .requiredOption("--output <file>", "the page to write, for example report.html")
    .option("--since <date|run>", "also show what has changed since a day, a time or a run")
    .option("--as-of <date|run>", "figures as they stood at the end of a day (UTC) or of a run")
    .addOption(new Option("--lang <language>", "language of the headings").choices(["en", "fil"]).default("en"))
    .option("--note <text>", 'a sentence for the title, for example "The figures are made up."')
    .option("--boundaries <file>", "GeoJSON or TopoJSON with PSGC codes, for other borders than those of the program")
    .option("--open", "show the page in the browser")
    .option("--overwrite", "let --output replace a file")
    .addHelpText(
      "after",
      examples(
        "obc-sync report --output report.html --open",
        "obc-sync report --province Bukidnon --output bukidnon.html --lang fil",
        "obc-sync report --since 2026-11-01 --output november.html",
        "obc-sync report --as-of 2026-10-31 --since 2026-10-01 --output october.html",
        "obc-sync report --boundaries provinces.geojson --output report.html --overwrite",
      ),
    )
    .action(
      ask<ReportFlags>((flags) => {
        const { output, lang: language, note, boundaries: boundariesFile, open = false, overwrite = false } = flags;
        const scope = scopeRequest(flags);
        const since = flags.since === undefined ? undefined : pointInTime(flags.since, "--since", "beginning");
        const asOf = flags.asOf === undefined ? undefined : pointInTime(flags.asOf, "--as-of", "end");
        const inputs = boundariesFile === undefined ? [] : [boundariesFile];
        return {
          run: async (context) => {
            const { report } = await import("../../operations/figures/report.ts");
            const written = await withPage(
              { path: output, flag: "--output", overwrite, inputs },
              context,
              () =>
                onDatabase(context, "read", (knex, common) =>
                  report(knex, { ...common, scope, since, asOf, note, boundariesFile }),
                ),
              async (figures) => {
                const { reportPage } = await import("../../render/html/report/report-page.ts");
                return reportPage(figures, { language });
              },
            );
            if (!open || written.page === undefined) return written;
            return { ...written, page: { ...written.page, opened: await openFile(output) } };
          },
        };
      }),
    );
}
