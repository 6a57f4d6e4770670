import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { TestDatabase } from "./databases.ts";
import { projectFolder } from "./project.ts";
import type { CliResult } from "./run-cli.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const recorder = pathToFileURL(join(projectFolder, "test/helpers/record-statements.mjs")).href;

/** Runs the program, and also returns the statements that the drivers received. */
export async function runRecorded(
  database: TestDatabase,
  args: readonly string[],
): Promise<{ result: CliResult; sent: string[] }> {
  const file = join(temporaryFolder(), "statements");
  const env = { NODE_OPTIONS: `--import=${recorder}`, RECORD_STATEMENTS: file };
  const result = await database.obcSync(args, { env });
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  return { result, sent: lines.map((line) => JSON.parse(line)) };
}
