import { readFileSync, statSync } from "node:fs";
import { type ObjectNode, parse, type ValueNode } from "@humanwhocodes/momoa";
import { UsageError } from "../../core/errors.ts";
import { systemError } from "../system-error.ts";

/** A member of an object of the file, and where its name stands. */
export interface ConfigEntry {
  key: string;
  value: ValueNode;
  /** "obc-sync.config.json:3:5", as compilers and editors write it. */
  place: string;
}

/** The text of the file as a tree that knows the line and column of everything. */
export interface ConfigFile {
  path: string;
  root: ObjectNode;
  /** Whether any account of this machine may read the file. False on Windows, which has no such bits. */
  isReadByOthers: boolean;
}

const MAX_BYTES = 1024 ** 2;

const NOT_JSON = "Write JSON: names and texts in double quotes, no comments, no comma after the last one.";

/** @throws UsageError naming the file, the line and the column, if it is missing or no JSON object */
export function readConfigFile(path: string, namedBy: string): ConfigFile {
  const { text, mode } = textOf(path, namedBy);
  const root = tree(path, text);
  if (root.type !== "Object") {
    throw new UsageError(`${path}:1:1: the file is not a JSON object`, 'For example: {"database": "./obc.sqlite3"}');
  }
  return { path, root, isReadByOthers: process.platform !== "win32" && (mode & 0o004) !== 0 };
}

/** @throws UsageError if a name occurs twice: JSON itself would silently take the last */
export function entriesOf({ path }: Pick<ConfigFile, "path">, { members }: ObjectNode): ConfigEntry[] {
  const seen = new Map<string, string>();
  return members.map(({ name, value }) => {
    const key = name.type === "String" ? name.value : name.name;
    const { line, column } = name.loc.start;
    const place = `${path}:${line}:${column}`;
    const first = seen.get(key);
    if (first !== undefined) throw new UsageError(`${place}: "${key}" is there twice`, `The first is at ${first}.`);
    seen.set(key, place);
    return { key, value, place };
  });
}

function textOf(path: string, namedBy: string): { text: string; mode: number } {
  try {
    const { mode, size } = statSync(path);
    if (size > MAX_BYTES)
      throw new UsageError(`${path} is larger than 1 MiB`, "Give a configuration file with --config.");
    const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
    return { text, mode };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") {
      throw new UsageError(
        `there is no configuration file at ${path}`,
        `${namedBy} names it. Write one with: obc-sync init`,
      );
    }
    if (code === "EISDIR") throw new UsageError(`${path} is a folder`, "Rename it, or give a file with --config.");
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
      throw new UsageError(`${path} is not in UTF-8`, "Save it again in that encoding.");
    }
    throw systemError(error) ?? error;
  }
}

function tree(path: string, text: string): ValueNode {
  try {
    return parse(text, { mode: "json" }).body;
  } catch (error) {
    const { line, column, message } = error as Error & { line?: number; column?: number };
    if (line === undefined || column === undefined) throw error;
    throw new UsageError(`${path}:${line}:${column}: ${inWords(message)}`, NOT_JSON);
  }
}

const TOKENS: Readonly<Record<string, string>> = {
  LBrace: '"{"',
  RBrace: '"}"',
  LBracket: '"["',
  RBracket: '"]"',
  Colon: '":"',
  Comma: '","',
  String: "text",
  Number: "number",
};

/** The parser's message without the place, which stands in front, and with the sign in place of a token's name. */
function inWords(message: string): string {
  const reason = message.replace(/ found\. \(\d+:\d+\)$/, "");
  const named = reason.replace(/token (\w+)$/, (_, token: string) => TOKENS[token] ?? token);
  return named === "Unexpected end of input" ? "the JSON ends too early" : named.replace(/^U/, "u");
}
