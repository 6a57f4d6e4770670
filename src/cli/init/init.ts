import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { InterruptedError, ObcSyncError, UsageError } from "../../core/errors.ts";
import { type InitReport, nextCommands } from "../../core/setup/init-report.ts";
import { withOutputFile, writeText } from "../../files/out/output-file.ts";
import { databaseFiles } from "../../operations/shared/protected-files.ts";
import { type Survey, survey } from "../../operations/survey.ts";
import { hasPassword } from "../config/password.ts";
import type { CommandContext } from "../context.ts";

export interface InitRequest {
  /** The configuration file to write. */
  file: string;
  /** Whether the user is asked for what the flags do not say. */
  asksQuestions: boolean;
  overwrite: boolean;
  given: Answers;
}

interface Answers {
  database: string | undefined;
  schema: string | undefined;
  edition: string | undefined;
}

const BUNDLED = "bundled";

/** The schema that needs no entry in the file, and the others. */
const OWN = "native";
const OTHERS = ["obcms"];

/**
 * Asks for the settings, tries the database and writes the configuration file.
 *
 * @throws UsageError without a terminal, or where the file exists; DatabaseError if the database cannot be reached
 */
export async function init(request: InitRequest, context: CommandContext): Promise<InitReport> {
  const { file, asksQuestions } = request;
  refuseUnknownSchema(request.given);
  const overwrite = await mayOverwrite(request, context);
  const { database, found } = await (asksQuestions ? askDatabase : tried)(request.given, context);
  const given = asksQuestions ? await askRest(request.given, found, context) : request.given;
  const schema = given.schema ?? (found.schema === OWN ? undefined : (found.schema ?? undefined));
  const values = { database: relativeTo(dirname(file), database), ...(schema && { schema }) };
  await withOutputFile({ path: file, flag: "--config", overwrite, never: databaseFiles(database) }, async (draft) => {
    writeText(draft, `${JSON.stringify({ ...schemaReference(file), ...values }, null, 2)}\n`);
    if (hasPassword(database)) await onlyForOwner(draft.temporary);
  });
  const { edition = BUNDLED } = given;
  return {
    command: "init",
    file,
    values: { ...values, database: hidden(values.database) },
    state: found.state,
    schema: schema ?? found.schema,
    next: nextCommands(found.state, edition === BUNDLED ? null : edition),
  };
}

/** A database that does not exist yet cannot refuse it. */
function refuseUnknownSchema({ schema }: Answers): void {
  if (schema === undefined || schema === OWN || OTHERS.includes(schema)) return;
  throw new UsageError(`--schema "${schema}" is unknown`, `Give ${[OWN, ...OTHERS].join(" or ")}.`);
}

async function mayOverwrite(request: InitRequest, context: CommandContext): Promise<boolean> {
  const { file, asksQuestions, overwrite } = request;
  if (overwrite || !existsSync(file)) return overwrite;
  if (asksQuestions && /^y(es)?$/i.test(await answered(`${file} exists already. Replace it? [y/N] `, context)))
    return true;
  throw new UsageError(
    `${file} exists already`,
    "Nothing was written. Add --overwrite to replace it, or --config for another name.",
  );
}

interface Tried {
  database: string;
  found: Survey;
}

async function tried(
  { database = "", schema }: Answers,
  { settings, signal, progress }: CommandContext,
): Promise<Tried> {
  progress("Trying the database");
  return { database, found: await survey(database, schema, { signal, lockTimeoutMs: settings.lockTimeoutMs }) };
}

/** Asks until the database can be reached. */
async function askDatabase(given: Answers, context: CommandContext): Promise<Tried> {
  const { settings } = context;
  let question = `Database, as a file of SQLite or a postgres:// URL [${hidden(settings.database)}]: `;
  for (;;) {
    const database = (await answered(question, context)) || settings.database;
    try {
      return await tried({ ...given, database }, context);
    } catch (error) {
      if (!(error instanceof ObcSyncError) || error instanceof InterruptedError) throw error;
      question = `${error.message}. Another database: `;
    }
  }
}

/** What cannot be found in the database, because it has nothing yet. */
async function askRest(given: Answers, { state }: Survey, context: CommandContext): Promise<Answers> {
  const isNew = state === "missing" || state === "empty";
  const schema = given.schema ?? (isNew ? await askSchema(context) : undefined);
  const edition = isNew || state === "migrated" ? await askEdition(given, context) : given.edition;
  return { ...given, schema, edition };
}

async function askSchema(context: CommandContext): Promise<string | undefined> {
  let question = `Whose tables will it have, ${OWN} (those of obc-sync) or ${OTHERS.join(" or ")} (made by that application) [${OWN}]: `;
  for (;;) {
    const answer = await answered(question, context);
    if (answer === "" || answer === OWN) return undefined;
    if (OTHERS.includes(answer)) return answer;
    question = `${[OWN, ...OTHERS].join(" or ")}: `;
  }
}

async function askEdition({ edition }: Answers, context: CommandContext): Promise<string> {
  if (edition !== undefined) return edition;
  let question = `Edition of the PSGC: ${BUNDLED}, or a publication datafile of PSA [${BUNDLED}]: `;
  for (;;) {
    const answer = (await answered(question, context)) || BUNDLED;
    if (answer === BUNDLED || existsSync(answer)) return answer;
    question = `There is no file ${answer}. Edition: `;
  }
}

/** @throws UsageError without a terminal */
async function answered(question: string, { ask }: CommandContext): Promise<string> {
  const answer = await ask(question);
  if (answer !== null) return answer;
  throw new UsageError(
    "init asks questions, and there is no terminal to ask them on",
    "Answer with flags: obc-sync init --no-input --database <path|url> [--schema native|obcms] [--edition bundled|FILE]",
  );
}

/** Paths of the file are relative to the file. */
function relativeTo(folder: string, database: string): string {
  if (isAbsolute(database) || /^[a-z][a-z0-9+.-]+:/i.test(database)) return database;
  const path = relative(resolve(folder), resolve(database));
  return path.startsWith(".") ? path : `./${path}`;
}

/** Where an editor finds what the file may have, if the package is installed beside it. */
function schemaReference(file: string): { $schema?: string } {
  const path = "node_modules/obc-sync/dist/config.schema.json";
  return existsSync(join(dirname(file), path)) ? { $schema: `./${path}` } : {};
}

async function onlyForOwner(path: string): Promise<void> {
  const { chmod } = await import("node:fs/promises");
  await chmod(path, 0o600);
}

/** A URL without its password. */
function hidden(database: string): string {
  if (!hasPassword(database)) return database;
  const url = new URL(database);
  url.password = "";
  url.searchParams.delete("password");
  return url.toString();
}
