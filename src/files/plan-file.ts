import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { InputError } from "../core/errors.ts";
import type { SavedPlan } from "../core/runs/saved-plan.ts";
import { StoredChange } from "../core/runs/stored-change.ts";
import { encodeFields } from "../core/runs/trail-columns.ts";
import { UNIT_LEVELS, type UnitValue, type ValueChange } from "../core/sync/unit-change.ts";
import { assertRegularFile, unreadable } from "./open-file.ts";
import { type Draft, unwritable } from "./out/output-file.ts";

const KIND = "obc-sync plan";
const FORMAT_VERSION = 1;

const ACTIONS = ["created", "updated", "removed"];

/** A change in the file. A field has its value before and its value after. */
interface FiledChange {
  level: StoredChange["level"];
  unitId: number;
  code: string;
  name: string;
  parent: string;
  province?: string;
  action: StoredChange["action"];
  synced?: true;
  fields: Record<string, [UnitValue, UnitValue]>;
}

type FiledPlan = Omit<SavedPlan, "changes"> & { changes: FiledChange[] };

/** Writes a plan as JSON. Its last key is a digest of what stands before, so that a change by hand is noticed. */
export function writePlan({ path, temporary }: Draft, plan: SavedPlan): void {
  const { changes, ...rest } = plan;
  const head = JSON.stringify({ kind: KIND, formatVersion: FORMAT_VERSION, ...rest }, null, 2);
  // A line for each change: a national plan has 43,784 of them, and an editor shows such a file.
  const lines = changes.map((change) => `\n    ${JSON.stringify(filed(change))}`);
  const body = `${head.slice(0, -2)},\n  "changes": [${lines.join(",")}\n  ]`;
  try {
    writeFileSync(temporary, `${body},\n  "digest": "${digestOf(body)}"\n}\n`);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** @throws InputError if the file is no plan, one of another version, or not as it was written */
export function readPlan(path: string): SavedPlan {
  assertRegularFile(path);
  const text = textOf(path);
  const match = /,\n {2}"digest": "([0-9a-f]{64})"\n\}\n$/.exec(text.slice(-100));
  const body = match === null ? "" : text.slice(0, text.length - match[0].length);
  if (match === null || digestOf(body) !== match[1]) throw notAsWritten(path, text);
  const { formatVersion, ...plan } = JSON.parse(`${body}\n}`) as FiledPlan & { formatVersion: number };
  if (formatVersion !== FORMAT_VERSION) {
    throw new InputError(
      `${path} has the format version ${formatVersion}, and this version of obc-sync reads ${FORMAT_VERSION}`,
      "Make the plan again with this version.",
    );
  }
  try {
    return { ...plan, changes: plan.changes.map(storedChange) };
  } catch (cause) {
    throw new InputError(`${path} holds what no plan of this version has`, "Make the plan again.", { cause });
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function notAsWritten(path: string, text: string): InputError {
  if (!text.includes(`"kind": "${KIND}"`)) {
    return new InputError(`${path} is not a plan of obc-sync`, "Give a file that --plan-out has written.");
  }
  return new InputError(
    `${path} is not as it was written: it has been edited or cut off`,
    "A plan is applied as it was made. Correct the data or the file that it was made from, and make it again.",
  );
}

function digestOf(body: string): string {
  return createHash("sha256").update(body).digest("hex");
}

function filed({ level, unitId, code, name, parent, province, action, isSynced, fields }: StoredChange): FiledChange {
  const pairs = Object.entries(fields).map(([column, { before, after }]) => [column, [before, after]]);
  return {
    level,
    unitId,
    code,
    name,
    parent,
    ...(province === undefined ? {} : { province }),
    action,
    ...(isSynced ? { synced: true } : {}),
    fields: Object.fromEntries(pairs),
  };
}

/** @throws TypeError if it is no change */
function storedChange({ fields, synced, ...unit }: FiledChange): StoredChange {
  if (!UNIT_LEVELS.includes(unit.level) || !ACTIONS.includes(unit.action) || !Number.isSafeInteger(unit.unitId)) {
    throw new TypeError("a change has no level, action or id");
  }
  const changes: Record<string, ValueChange> = {};
  for (const [column, [before, after]] of Object.entries(fields)) changes[column] = { before, after };
  return new StoredChange({ ...unit, isSynced: synced === true }, encodeFields(unit.action, changes));
}
