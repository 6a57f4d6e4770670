import type { Command } from "commander";
import { onDatabase } from "../context.ts";
import { type Ask, examples } from "../invocation.ts";
import { wholeNumber } from "../options.ts";

interface PerfFlags {
  runs: string;
  maxQueries: string;
  maxMs?: string;
  asIs?: boolean;
  explain?: boolean;
  showSql?: boolean;
}

export function addPerfCommand(program: Command, ask: Ask): void {
  program
    .command("perf")
    .description("run real syncs of one unit up to everything, roll them back, and show their statements and time")
    .option("--runs <n>", "measured runs of each sync, after a warm-up run", "5")
    .option("--max-queries <n>", "exit 2 if a sync sends more reads and writes than this", "4")
    .option("--max-ms <n>", "exit 2 if the median sync takes longer")
    .option("--as-is", "measure a sync of the current data, without first making the coverages out of date")
    .option("--explain", "show the database's query plan, full scans of large tables and missing indexes")
    .option("--show-sql", "show every statement")
    .addHelpText("after", examples("obc-sync perf", "obc-sync perf --explain", "obc-sync perf --max-ms 500 --json"))
    .action(
      ask<PerfFlags>(({ runs, maxQueries, maxMs, asIs = false, explain = false, showSql = false }) => {
        const options = {
          runs: wholeNumber("--runs", runs, 1),
          budget: {
            maxQueries: wholeNumber("--max-queries", maxQueries, 0),
            maxMs: maxMs === undefined ? null : wholeNumber("--max-ms", maxMs, 0),
          },
          outOfDate: !asIs,
          explain,
          showSql,
        };
        return {
          run: async (context) => {
            const { perf } = await import("../../operations/perf.ts");
            return onDatabase(context, "write", (knex, common) => perf(knex, { ...common, ...options }));
          },
        };
      }),
    );
}
