import type { Command } from "commander";
import { parseDecimal } from "../../core/decimal-number.ts";
import { UsageError } from "../../core/errors.ts";
import { onUnconnectedDatabase } from "../context.ts";
import { type Ask, examples } from "../invocation.ts";
import { checkMetricsFile, withMetrics } from "../metrics-file.ts";

interface StatusFlags {
  verify?: boolean;
  maxAge?: string;
  prometheus?: string;
}

export function addStatusCommand(program: Command, ask: Ask): void {
  program
    .command("status")
    .description("show the state of the database and of its upkeep on one screen; exit 2 if it is not healthy")
    .option("--verify", "also recompute every coverage, as verify does, and count those that differ")
    .option("--max-age <hours>", "not healthy if the last sync, or the last look at an empty change log, is older")
    .option("--prometheus <file>", "also write metrics for the textfile collector of node_exporter (.prom)")
    .addHelpText(
      "after",
      `\nWrites nothing to the database. A database that is unreachable, or not migrated yet, is not healthy.\n${examples(
        "obc-sync status",
        "obc-sync status --verify --max-age 26",
        "obc-sync status --quiet --max-age 0.25",
        "obc-sync status --prometheus /var/lib/prometheus/node-exporter/obc-sync.prom",
      )}`,
    )
    .action(
      ask<StatusFlags>(({ verify, maxAge, prometheus }) => {
        const options = { verify, maxAgeHours: maxAge === undefined ? undefined : hours(maxAge) };
        if (prometheus !== undefined) checkMetricsFile(prometheus);
        return {
          run: (context) =>
            withMetrics(prometheus, context, async () => {
              const { status, unreadableStatus } = await import("../../operations/status.ts");
              const { databaseName } = await import("../../operations/shared/database.ts");
              const database = databaseName(context.settings.database);
              return onUnconnectedDatabase(context, "read", (knex, common) =>
                status(knex, { ...common, ...options }),
              ).catch((error: unknown) => unreadableStatus(database, error, options));
            }),
        };
      }),
    );
}

/** @throws UsageError if the text is not a number above 0 */
function hours(text: string): number {
  const value = parseDecimal(text);
  if (value !== null && value > 0) return value;
  throw new UsageError(`--max-age "${text}" is not a number of hours above 0`, "For example: --max-age 26");
}
