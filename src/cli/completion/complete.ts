import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { PlaceKind } from "../../core/places/place-kind.ts";
import { DEFAULT_DATABASE, fromEnvironment } from "../../settings.ts";
import { CONFIG_FILE, CONFIG_VARIABLE } from "../config/config-name.ts";
import { pathFrom } from "../config/path-from.ts";
import type { CommandNode } from "./command-node.ts";
import { type Position, positionOf } from "./position.ts";
import { shellQuoted, shellWords } from "./shell-words.ts";

/** How long a user waits for a database who has pressed a key, unless the environment says otherwise. */
const TIMEOUT_S = 0.9;

function timeoutMs({ OBC_SYNC_COMPLETION_TIMEOUT }: NodeJS.ProcessEnv): number {
  return (Number(OBC_SYNC_COMPLETION_TIMEOUT) || TIMEOUT_S) * 1000;
}

export interface Completion {
  /** Whether the shell offers names of files, or a space follows the word. */
  kind: "files" | "words" | "words without space";
  words: ReadonlyArray<{ value: string; description: string }>;
}

/**
 * Prints the answer to a script, within a second, and ends the process. Whatever fails, nothing is printed: the user is in
 * the middle of a line.
 */
export async function printCompletion(
  argv: readonly string[],
  folder: string,
  { stdout, env }: Pick<NodeJS.Process, "stdout" | "env">,
): Promise<void> {
  const timeout = new Promise<string>((resolve) => setTimeout(() => resolve(""), timeoutMs(env)).unref());
  const text = await Promise.race([answer(argv, folder, env).catch(() => ""), timeout]);
  await new Promise((resolve) => stdout.write(text === "" ? "" : `${text}\n`, resolve));
  // A connection that is still being made would keep the process running.
  process.exit(0);
}

/**
 * Answers the scripts that `obc-sync completion` prints: the kind of the answer, then one word on each line, with a tab
 * before its description.
 *
 * @param argv "bash" and the line up to the cursor, and the word that the shell will replace; "zsh" or "fish" and the words
 * @param folder has the file commands.json, which the build writes
 */
async function answer(argv: readonly string[], folder: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const program: CommandNode = JSON.parse(readFileSync(join(folder, "commands.json"), "utf8"));
  const [shell, ...words] = argv;
  if (shell === "bash") return forBash(program, words, environment);
  // fish removes quotes and backslashes, but not in the word at the cursor; zsh nowhere.
  const texts = words.map((word, index) => (shell === "zsh" || index === words.length - 1 ? unquoted(word) : word));
  const { before, completion } = await completed(program, texts.slice(0, -1), texts.at(-1) ?? "", environment);
  // zsh has put the part before = aside; fish wants it back.
  const start = shell === "fish" ? before : "";
  return lines(completion, ({ value, description }) => `${start}${value}\t${description}`);
}

function unquoted(word: string): string {
  return shellWords(word).at(-1)?.text ?? "";
}

async function forBash(
  program: CommandNode,
  [line = "", replaced = ""]: readonly string[],
  environment: NodeJS.ProcessEnv,
) {
  const [, ...words] = shellWords(line);
  const last = words.pop() ?? { text: "", raw: "", quote: "" as const };
  const { before, completion } = await completed(
    program,
    words.map(({ text }) => text),
    last.text,
    environment,
  );
  // Bash replaces only what is behind the last = or :, and inside quotes.
  const kept = last.raw.endsWith(replaced) ? last.raw.length - replaced.length : 0;
  const typed = last.quote === "" ? last.raw.slice(0, kept) : last.raw.slice(0, kept).replace(/.*["']/, "");
  return lines(completion, ({ value }) => {
    const quoted = shellQuoted(before + value, last.quote);
    return quoted.startsWith(typed) ? quoted.slice(typed.length) : quoted;
  });
}

function lines({ kind, words }: Completion, lineOf: (word: Completion["words"][number]) => string): string {
  return [kind, ...words.map(lineOf)].join("\n");
}

async function completed(program: CommandNode, words: readonly string[], last: string, environment: NodeJS.ProcessEnv) {
  const position = positionOf(program, words, last);
  const { prefix, before } = position;
  const values = await valuesOf(position, environment);
  const all = [...position.words, ...values.words];
  const matching = all.filter(
    ({ value, description }) =>
      value.toLowerCase().startsWith(prefix.toLowerCase()) && !INVISIBLE.test(value + description),
  );
  const kind = values.kind === "files" && matching.length > 0 ? "words" : values.kind;
  return { before, completion: { kind, words: matching } satisfies Completion };
}

/** A shell prints words as they are: none may move the cursor or end the line. */
const INVISIBLE = /\p{C}/u;

const NOTHING: Completion = { kind: "words", words: [] };

async function valuesOf({ value, prefix, given }: Position, environment: NodeJS.ProcessEnv): Promise<Completion> {
  if (value === null) return NOTHING;
  switch (value.kind) {
    case "anything":
      return NOTHING;
    case "file":
      return { kind: "files", words: [] };
    case "choices":
      return { kind: "words", words: value.choices.map(plain) };
    case "assignment":
      return {
        kind: "words without space",
        words: prefix.includes("=") ? [] : value.choices.map((each) => plain(`${each}=`)),
      };
    case "list":
      return { kind: "words without space", words: listed(value.choices, prefix) };
    default:
      return { kind: "words", words: await places(value.kind, prefix, given, environment) };
  }
}

function plain(value: string): Completion["words"][number] {
  return { value, description: "" };
}

/** The choices behind the last comma that the list does not have yet. */
function listed(choices: readonly string[], prefix: string): Completion["words"] {
  const present = prefix.split(",").slice(0, -1);
  return choices.filter((each) => !present.includes(each)).map((each) => plain([...present, each].join(",")));
}

async function places(kind: PlaceKind, prefix: string, given: Position["given"], environment: NodeJS.ProcessEnv) {
  const database = given["--database"] ?? fromEnvironment("database", environment) ?? configured(given, environment);
  const { placeNames } = await import("../../operations/place-names.ts");
  return placeNames(database ?? DEFAULT_DATABASE, kind, prefix, timeoutMs(environment));
}

/** The database of the configuration file, which is not checked here. */
function configured(given: Position["given"], environment: NodeJS.ProcessEnv): string | undefined {
  const file = given["--config"] ?? (environment[CONFIG_VARIABLE] || CONFIG_FILE);
  if (!existsSync(file)) return undefined;
  const { database } = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  return typeof database === "string" ? pathFrom(dirname(resolve(file)), database) : undefined;
}
