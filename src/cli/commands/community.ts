import type { Command } from "commander";
import { UsageError } from "../../core/errors.ts";
import { parseCommunityAssignments } from "../../core/records/assignment.ts";
import { onDatabase } from "../context.ts";
import { addListOptions, type ListFlags, listOptions } from "../figure-options.ts";
import { type Ask, examples } from "../invocation.ts";

const CHANGES = {
  add: "add a community to a barangay that has none",
  set: "change fields of a community; field= clears one",
  archive: "archive a community: it is kept, but not counted",
  restore: "restore an archived community",
} as const;

export function addCommunityCommand(program: Command, ask: Ask): void {
  const group = program
    .command("community")
    .description("add, change or show one community; coverages are recalculated in the same transaction")
    .addHelpText(
      "after",
      examples(
        "obc-sync community add 1001301001 estimated_obc_population=1000 households=200",
        "obc-sync community set 1001301001 households=300",
        'obc-sync community archive "Imbatug, Baungon"',
        "obc-sync community show 1001301001",
      ),
    );

  for (const [action, description] of Object.entries(CHANGES) as Array<[keyof typeof CHANGES, string]>) {
    const command = group
      .command(action)
      .description(description)
      .argument("<code>", 'code of the barangay, or its name with the municipality: "Imbatug, Baungon"');
    if (action === "add" || action === "set") {
      command.argument("[field=value...]", "fields and their values, for example households=200");
    }
    command.action(
      ask((_flags, [reference = "", ...assignments]) => {
        if (action === "set" && assignments.length === 0) {
          throw new UsageError("nothing to set", "Give at least one field=value, for example households=200.");
        }
        return {
          run: async (context) => {
            const operations = await import("../../operations/records/community.ts");
            const values = parseCommunityAssignments(assignments);
            return onDatabase(context, "write", (knex, common) => {
              switch (action) {
                case "add":
                  return operations.createCommunity(knex, reference, values, common);
                case "set":
                  return operations.updateCommunity(knex, reference, values, common);
                case "archive":
                  return operations.archiveCommunity(knex, reference, common);
                case "restore":
                  return operations.restoreCommunity(knex, reference, common);
              }
            });
          },
        };
      }),
    );
  }

  group
    .command("remove")
    .description("permanently delete a community; asks for confirmation")
    .argument("<code>", "code of the barangay, or its name with the municipality")
    .option("--yes", "do not ask")
    .action(
      ask<{ yes?: boolean }>(({ yes = false }, [reference = ""]) => ({
        run: async (context) => {
          const { removeCommunity } = await import("../../operations/records/community.ts");
          const confirm = yes ? undefined : context.confirm;
          return onDatabase(context, "write", (knex, common) =>
            removeCommunity(knex, reference, { ...common, confirm }),
          );
        },
      })),
    );

  addListOptions(group.command("list").description("list communities as a table"))
    .addHelpText(
      "after",
      examples(
        "obc-sync community list --municipality Damulog",
        "obc-sync community list --region 9 --sort -estimated_obc_population --limit 20",
      ),
    )
    .action(
      ask<ListFlags>((flags) => {
        const options = listOptions(flags);
        return {
          run: async (context) => {
            const { listCommunities } = await import("../../operations/figures/list-figures.ts");
            return onDatabase(context, "read", (knex, common) => listCommunities(knex, { ...common, ...options }));
          },
        };
      }),
    );

  group
    .command("show")
    .description("show a community")
    .argument("<code>", "code of the barangay, or its name with the municipality")
    .action(
      ask((_flags, [reference = ""]) => ({
        run: async (context) => {
          const { showCommunity } = await import("../../operations/records/community.ts");
          return onDatabase(context, "read", (knex, common) => showCommunity(knex, reference, common));
        },
      })),
    );
}
