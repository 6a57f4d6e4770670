import type { Command } from "commander";
import { onDatabase } from "../context.ts";
import { type Ask, examples } from "../invocation.ts";
import { wholeNumber } from "../options.ts";

export function addHistoryCommand(program: Command, ask: Ask): void {
  program
    .command("history")
    .description("list the latest syncs")
    .option("--limit <n>", "number of syncs to list", "20")
    .addHelpText("after", examples("obc-sync history", "obc-sync history --limit 100 --json"))
    .action(
      ask<{ limit: string }>(({ limit }) => {
        const count = wholeNumber("--limit", limit, 1);
        return {
          run: async (context) => {
            const { history } = await import("../../operations/history.ts");
            return onDatabase(context, "read", (knex) => history(knex, { limit: count }));
          },
        };
      }),
    );
}
