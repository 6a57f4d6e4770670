import { readFileSync, writeFileSync } from "node:fs";
import { InputError } from "../core/errors.ts";
import { assertRegularFile } from "./open-file.ts";

const MAX_BYTES = 1024 ** 2;

/**
 * Reads a mapping of headings to columns from a JSON object; null or "" ignores a heading.
 *
 * @throws InputError where the file is not such an object
 */
export function readMappingFile(path: string): Array<[heading: string, column: string | null]> {
  if (assertRegularFile(path).size > MAX_BYTES) throw notMapping(path, "it is larger than 1 MiB");
  let mapping: unknown;
  try {
    mapping = JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw notMapping(path, (cause as Error).message);
  }
  if (typeof mapping !== "object" || mapping === null || Array.isArray(mapping))
    throw notMapping(path, "not an object");
  return Object.entries(mapping).map(([heading, column]) => {
    if (column !== null && typeof column !== "string") throw notMapping(path, `"${heading}" is not a string`);
    return [heading, column];
  });
}

/** Writes a mapping in the form that readMappingFile reads. */
export function writeMappingFile(
  path: string,
  mapping: ReadonlyArray<readonly [heading: string, column: string | null]>,
): void {
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(mapping), null, 2)}\n`);
}

function notMapping(path: string, why: string): InputError {
  return new InputError(
    `${path} is not a mapping of columns (${why})`,
    'Give a JSON object: {"Their Column": "households", "Column to ignore": null}',
  );
}
