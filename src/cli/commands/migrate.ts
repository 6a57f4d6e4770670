import type { Command } from "commander";
import { onDatabase } from "../context.ts";
import { type Ask, examples } from "../invocation.ts";

export function addMigrateCommand(program: Command, ask: Ask): void {
  program
    .command("migrate")
    .description("create the database where there is none, and bring its tables to this version")
    .option("--status", "only say which migrations were run and which are pending")
    .addHelpText("after", examples("obc-sync migrate", "obc-sync migrate --status --database postgres://localhost/obc"))
    .action(
      ask<{ status?: boolean }>(({ status }) => ({
        run: async (context) => {
          const { migrate, showMigrations } = await import("../../operations/migrate.ts");
          return status ? onDatabase(context, "read", showMigrations) : onDatabase(context, "create", migrate);
        },
      })),
    );
}
