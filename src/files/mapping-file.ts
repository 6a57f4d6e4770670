import { readFileSync } from "node:fs";
import { InputError } from "../core/errors.ts";
import { assertRegularFile } from "./open-file.ts";

const MAX_BYTES = 1024 ** 2;

/**
 * The columns of a file and what they are, from a JSON object; null or "" passes a column over.
 *
 * @throws InputError where the file is no such object
 */
export function readMappingFile(path: string): Array<[heading: string, column: string | null]> {
  if (assertRegularFile(path).size > MAX_BYTES) throw notMapping(path, "it is larger than 1 MiB");
  let mapping: unknown;
  try {
    mapping = JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw notMapping(path, (cause as Error).message);
  }
  if (typeof mapping !== "object" || mapping === null || Array.isArray(mapping)) throw notMapping(path, "no object");
  return Object.entries(mapping).map(([heading, column]) => {
    if (column !== null && typeof column !== "string") throw notMapping(path, `"${heading}" is no text`);
    return [heading, column];
  });
}

function notMapping(path: string, why: string): InputError {
  return new InputError(
    `${path} is no mapping of columns (${why})`,
    'It is a JSON object: {"Their Column": "households", "Column to pass over": null}',
  );
}
