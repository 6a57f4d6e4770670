import type { Command } from "commander";
import { onDatabase } from "../context.ts";
import { type Ask, examples } from "../invocation.ts";

export function addMigrateCommand(program: Command, ask: Ask): void {
  program
    .command("migrate")
    .description("create the database if it does not exist, and upgrade its tables to this version")
    .option("--status", "only list the applied and pending migrations")
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
