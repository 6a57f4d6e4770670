import type { Command } from "commander";
import { onDatabase } from "../context.ts";
import { type Ask, examples } from "../invocation.ts";

export function addWatchCommand(program: Command, ask: Ask): void {
  program
    .command("watch")
    .description("keep coverages right within a second of any change, whoever makes it, until interrupted")
    .addHelpText(
      "after",
      `\nPrints one line a sync; with --json one document a line. A failing sync is reported and tried again.\n${examples(
        "obc-sync watch",
        "obc-sync watch --json --database postgres://localhost/obc >> obc-sync.ndjson",
      )}`,
    )
    .action(
      ask(() => ({
        run: async (context) => {
          const { watch } = await import("../../operations/watch.ts");
          return onDatabase(context, "write", (knex, common) => watch(knex, { ...common, onEvent: context.emit }));
        },
      })),
    );
}
