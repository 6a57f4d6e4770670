import { createHash, type Hash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { InputError } from "../core/errors.ts";
import { checkedPlan } from "../core/plans/plan-form.ts";
import type { SavedPlan } from "../core/plans/saved-plan.ts";
import type { StoredChange } from "../core/runs/stored-change.ts";
import { assertRegularFile, unreadable } from "./open-file.ts";
import { type Draft, unwritable } from "./out/output-file.ts";

const KIND = "obc-sync plan";
const FORMAT_VERSION = 1;

/** The line before the changes, and the one after them. */
const [CHANGES, END] = ['  "changes": [', "  ]"];

/** The length of what follows the digested bytes. */
const DIGEST_LENGTH = `,\n  "digest": "${"0".repeat(64)}"\n}\n`.length;

/**
 * Writes a plan as JSON. Its last key is a digest of what stands before, so that a change by hand is noticed. A line for
 * each change: a national plan has 43,784 of them, which an editor can show, and which need not be in memory at once.
 */
export function writePlan({ path, temporary }: Draft, plan: SavedPlan): void {
  const { changes, ...rest } = plan;
  const head = JSON.stringify({ kind: KIND, formatVersion: FORMAT_VERSION, ...rest }, null, 2);
  try {
    const file = openSync(temporary, "w");
    try {
      const hash = createHash("sha256");
      const add = (text: string) => {
        hash.update(text);
        writeSync(file, text);
      };
      add(`${head.slice(0, -2)},\n${CHANGES}`);
      for (const [index, change] of changes.entries()) {
        add(`${index === 0 ? "" : ","}\n    ${JSON.stringify(filed(change))}`);
      }
      add(`\n${END}`);
      writeSync(file, ending(hash));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw unwritable(path, error);
  }
}

function ending(hash: Hash): string {
  return `,\n  "digest": "${hash.digest("hex")}"\n}\n`;
}

/** A change in the file: a field has its value before and its value after. */
function filed({ level, unitId, code, name, parent, province, action, isSynced, fields }: StoredChange) {
  const pairs = Object.entries(fields).map(([column, { before, after }]) => [column, [before, after]]);
  const synced = isSynced ? true : undefined;
  return { level, unitId, code, name, parent, province, action, synced, fields: Object.fromEntries(pairs) };
}

/** @throws InputError if the file is no plan, one of another version, or not as it was written */
export function readPlan(path: string): SavedPlan {
  const { size } = assertRegularFile(path);
  const file = opened(path);
  try {
    if (!isAsWritten(file, size)) throw notAsWritten(path);
    return planOf(path, linesOf(file));
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === "read" ? unreadable(path, error) : error;
  } finally {
    closeSync(file);
  }
}

/** Whether the end of a file is the digest of what stands before. */
function isAsWritten(file: number, size: number): boolean {
  const length = Math.max(0, size - DIGEST_LENGTH);
  const hash = createHash("sha256");
  const end: Buffer[] = [];
  let position = 0;
  for (const bytes of chunksOf(file)) {
    hash.update(bytes.subarray(0, Math.max(0, length - position)));
    end.push(Buffer.from(bytes.subarray(Math.max(0, Math.min(length - position, bytes.length)))));
    position += bytes.length;
  }
  return Buffer.concat(end).equals(Buffer.from(ending(hash)));
}

/** @param lines of a file that has its digest; whoever has edited it may have made a new one */
function planOf(path: string, lines: Generator<string>): SavedPlan {
  let head = "";
  // No "for": its end would end the generator.
  for (let line = lines.next(); !line.done && line.value !== CHANGES; line = lines.next()) head += line.value;
  const parsed = jsonOf(path, `${head.replace(/,$/, "")}}`);
  const { kind, formatVersion, ...rest } = parsed as Record<string, unknown>;
  if (kind !== KIND) throw foreign(path);
  if (formatVersion !== FORMAT_VERSION) {
    throw new InputError(
      `${path} has the format version ${formatVersion}, and this version of obc-sync reads ${FORMAT_VERSION}`,
      "Make the plan again with this version.",
    );
  }
  return checkedPlan(path, rest, changesIn(path, lines));
}

/** The changes of a plan, each parsed when it is asked for: together they may have hundreds of megabytes. */
function* changesIn(path: string, lines: Iterable<string>): Generator<unknown> {
  for (const line of lines) {
    if (line === `${END},`) return;
    yield jsonOf(path, line.replace(/,$/, ""));
  }
  throw edited(path);
}

function* linesOf(file: number): Generator<string> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for (const bytes of chunksOf(file)) {
    const lines = (rest + decoder.write(bytes)).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

/** The bytes of a file from its beginning. Each chunk is overwritten by the next. */
function* chunksOf(file: number): Generator<Buffer> {
  const buffer = Buffer.alloc(64 * 1024);
  for (let position = 0; ; ) {
    const length = readSync(file, buffer, 0, buffer.length, position);
    if (length === 0) return;
    position += length;
    yield buffer.subarray(0, length);
  }
}

/** @throws InputError if it is no JSON: whoever has edited the file has made a new digest as well */
function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The message of the parser quotes the text, and so values.
    throw edited(path);
  }
}

function opened(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function notAsWritten(path: string): InputError {
  return readFileSync(path).includes(`"kind": "${KIND}"`) ? edited(path) : foreign(path);
}

function foreign(path: string): InputError {
  return new InputError(`${path} is not a plan of obc-sync`, "Give a file that --plan-out has written.");
}

function edited(path: string): InputError {
  return new InputError(
    `${path} is not as it was written: it has been edited or cut off`,
    "A plan is applied as it was made. Correct the data or the file that it was made from, and make it again.",
  );
}
