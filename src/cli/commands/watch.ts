import type { Command } from "commander";
import { onUnconnectedDatabase } from "../context.ts";
import { type Ask, examples } from "../invocation.ts";

export function addWatchCommand(program: Command, ask: Ask): void {
  program
    .command("watch")
    .description("sync within a second of any change by any program, until interrupted")
    .option(
      "--no-repair",
      "exit 1 if triggers of the change log are broken, instead of putting them back and syncing everything",
    )
    .addHelpText(
      "after",
      `\nPrints one line for each sync; with --json, one JSON document on each line. A failed sync, or a server that is down, is reported and retried.\n${examples(
        "obc-sync watch",
        "obc-sync watch --json --database postgres://localhost/obc >> obc-sync.ndjson",
      )}`,
    )
    .action(
      ask<{ repair: boolean }>(({ repair }) => ({
        run: async (context) => {
          const { watch } = await import("../../operations/watch.ts");
          return onUnconnectedDatabase(context, "write", (knex, common) =>
            watch(knex, { ...common, repair, onEvent: context.emit }),
          );
        },
      })),
    );
}
