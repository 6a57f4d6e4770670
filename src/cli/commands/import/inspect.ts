import type { Command } from "commander";
import { DatabaseError } from "../../../core/errors.ts";
import { onDatabase } from "../../context.ts";
import { type Ask, examples } from "../../invocation.ts";
import { addFileOptions, type FileFlags, fileOptions } from "./file-options.ts";

export function addInspectCommand(program: Command, ask: Ask): void {
  const command = program
    .command("inspect")
    .description(
      "show what an import would read from a file of communities, and what it would reject; write nothing. Works without a database, but then checks no barangays",
    )
    .argument("<file>", "as for import communities; - for standard input");
  addFileOptions(command)
    .addHelpText(
      "after",
      examples(
        "obc-sync inspect survey.xlsx",
        'obc-sync inspect survey.ods --sheet "Region IX" --map "Muslim HH=households"',
        "obc-sync inspect survey.csv --json",
      ),
    )
    .action(
      ask<FileFlags>((flags, [file = ""]) => ({
        run: async (context) => {
          const { inspectFile } = await import("../../../operations/import/inspect.ts");
          const asked = await fileOptions(file, flags);
          let isConnected = false;
          try {
            return await onDatabase(context, "read", (knex, common) => {
              isConnected = true;
              return inspectFile(knex, { ...common, ...asked });
            });
          } catch (error) {
            if (isConnected || !(error instanceof DatabaseError)) throw error;
            const { progress, signal } = context;
            return inspectFile(null, { ...asked, progress, signal, noDatabase: error.message });
          }
        },
      })),
    );
}
