import { type Command, Option } from "commander";
import { UsageError } from "../../../core/errors.ts";
import { CONFIG_FILE } from "../../config/config-name.ts";
import { type Ask, examples } from "../../invocation.ts";

interface InitFlags {
  /** False with --no-input. */
  input: boolean;
  edition?: string;
  overwrite?: boolean;
}

export function addInitCommand(program: Command, ask: Ask): void {
  program
    .command("init")
    .description(`ask for the database, try it, and write ${CONFIG_FILE}, so that no command needs --database`)
    .option("--edition <bundled|file>", "edition of the PSGC that the next command is to import (default: bundled)")
    .option("--no-input", "ask nothing: take the answers from --database, --schema and --edition")
    .addOption(new Option("--overwrite", "replace the configuration file without asking"))
    .addHelpText(
      "after",
      examples(
        "obc-sync init",
        "obc-sync init --no-input --database postgres://obc@db.example.org/obc",
        "obc-sync init --no-input --database ./obc.sqlite3 --schema native --overwrite",
      ),
    )
    .action(
      ask<InitFlags>(({ input, edition, overwrite = false, database, schema, config }) => {
        if (!input && database === undefined) {
          throw new UsageError("--no-input needs --database", "For example: --no-input --database ./obc.sqlite3");
        }
        const file = config || CONFIG_FILE;
        return {
          run: async (context) => {
            const { init } = await import("../../init/init.ts");
            return init({ file, asksQuestions: input, overwrite, given: { database, schema, edition } }, context);
          },
        };
      }),
    );
}
