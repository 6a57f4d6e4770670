import type { Command } from "commander";
import { UsageError } from "../../core/errors.ts";
import { onDatabase } from "../context.ts";
import { type Ask, examples } from "../invocation.ts";

interface MigrateFlags {
  status?: boolean;
  citus?: boolean;
  remove?: boolean;
  yes?: boolean;
}

export function addMigrateCommand(program: Command, ask: Ask): void {
  program
    .command("migrate")
    .description(
      "create the database if it does not exist, and upgrade its tables to this version; on the database of another application, add only tables and triggers named obc_sync_*",
    )
    .option("--status", "only list the applied and pending migrations")
    .option(
      "--citus",
      "on the coordinator of a Citus cluster: distribute the communities over its nodes by barangay, and copy the places to each; for good",
    )
    .option("--remove", "take away everything named obc_sync_*; asks for confirmation; all other tables stay")
    .option("--yes", "with --remove: do not ask")
    .addHelpText(
      "after",
      examples(
        "obc-sync migrate",
        "obc-sync migrate --status --database postgres://localhost/obc",
        "obc-sync migrate --citus --database postgres://coordinator/obc",
        "obc-sync migrate --remove --yes",
      ),
    )
    .action(
      ask<MigrateFlags>(({ status, citus, remove, yes }) => {
        if (status && remove) {
          throw new UsageError("--status and --remove cannot be combined", "Give one of them.");
        }
        if (citus && (status || remove)) {
          throw new UsageError(`--citus and --${status ? "status" : "remove"} cannot be combined`, "Give one of them.");
        }
        if (yes && !remove) throw new UsageError("--yes requires --remove", "Add --remove, or omit --yes.");
        return {
          run: async (context) => {
            if (remove) {
              const { removeBookkeeping } = await import("../../operations/remove-bookkeeping.ts");
              const confirm = yes ? undefined : context.confirm;
              return onDatabase(context, "write", (knex, { progress }) =>
                removeBookkeeping(knex, { progress, confirm }),
              );
            }
            const { migrate, showMigrations } = await import("../../operations/migrate.ts");
            if (status) return onDatabase(context, "read", showMigrations);
            return onDatabase(context, "create", (knex, options) => migrate(knex, { ...options, citus }));
          },
        };
      }),
    );
}
