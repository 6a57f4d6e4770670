import type { Command } from "commander";
import { UsageError } from "../../core/errors.ts";
import { type Ask, examples } from "../invocation.ts";

export function addHistoryCommand(program: Command, ask: Ask): void {
  program
    .command("history")
    .description("list the newest syncs that were applied")
    .option("--limit <n>", "how many", "20")
    .addHelpText("after", examples("obc-sync history", "obc-sync history --limit 100 --json"))
    .action(
      ask<{ limit: string }>(({ limit }) => {
        const count = Number(limit);
        if (!Number.isInteger(count) || count < 1) {
          throw new UsageError(`--limit "${limit}" is not a whole number above 0`, "For example: --limit 50");
        }
        return { run: async (context) => (await import("../../commands/history.ts")).runHistory(count, context) };
      }),
    );
}
