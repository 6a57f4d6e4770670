import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "../../core/errors.ts";
import { STANDARD_INPUT } from "../open-file.ts";

/** A file that the user wants to have written. */
export interface OutputRequest {
  path: string;
  /** The flag that names it, for messages. */
  flag: string;
  /** Whether it may replace a file. */
  overwrite: boolean;
  /** Its permissions, whatever the umask is; by default those of the file that it replaces. */
  mode?: number;
  /** Files that it may never replace, under no name: the files that are read, and the database. */
  never: readonly ProtectedFile[];
}

export interface ProtectedFile {
  /** "-" for standard input. */
  path: string;
  /** What messages call it. */
  what: string;
}

/** A file that is being written. */
export interface Draft {
  /** What the file will be called, for messages. */
  path: string;
  /** Where to write it until it is complete: in the same folder, so that it can be renamed. */
  temporary: string;
}

/**
 * Runs `work`, which may write a draft, and then gives the draft its name. Whether the file may be written is checked
 * before `work` starts, which may take long. A failure, an interruption or a kill leaves what was there before.
 *
 * @throws UsageError where the file exists, is protected or cannot be written
 */
export async function withOutputFile<T>(request: OutputRequest, work: (draft: Draft) => Promise<T>): Promise<T> {
  const { path } = request;
  const target = orUnwritable(path, () => checkedTarget(request));
  const temporary = join(dirname(target), `.obc-sync-${randomBytes(6).toString("hex")}.tmp`);
  orUnwritable(path, () => probe(temporary));
  const discard = () => fs.rmSync(temporary, { force: true });
  // A second Ctrl-C ends the process without unwinding.
  process.once("exit", discard);
  try {
    const value = await work({ path, temporary });
    if (fs.existsSync(temporary)) orUnwritable(path, () => publish(temporary, target, request));
    return value;
  } finally {
    process.off("exit", discard);
    discard();
  }
}

/** Writes a draft. @throws UsageError where it cannot be written */
export function writeText({ path, temporary }: Draft, text: string): void {
  orUnwritable(path, () => fs.writeFileSync(temporary, text));
}

/** The error to throw in place of an error of the file system; other errors stay as they are. */
export function unwritable(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof UsageError || code === undefined || !/^E[A-Z]+$/.test(code)) return error;
  const isFull = code === "ENOSPC" || code === "EDQUOT";
  const hint = isFull ? "Free space on that disk, or give a file on another." : "Check the folder and its permissions.";
  return new UsageError(`${path} cannot be written (${code})`, hint);
}

function orUnwritable<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** The path to write, with links resolved: a link stays, and the file that it points to is replaced. */
function checkedTarget({ path, flag, overwrite, never }: OutputRequest): string {
  const exists = fs.lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  const target = exists ? fs.realpathSync(path) : join(fs.realpathSync(dirname(path)), basename(path));
  const stats = exists ? fs.statSync(target, { bigint: true }) : null;
  if (stats?.isDirectory()) throw new UsageError(`${flag} ${path} is a folder`, "Give the name of a file in it.");
  const replaced = never.find((file) => isSame(target, stats, file.path));
  if (replaced !== undefined) {
    throw new UsageError(`${flag} ${path} would overwrite ${replaced.what}`, "Give another name.");
  }
  if (stats !== null && !stats.isFile()) {
    throw new UsageError(`${flag} ${path} is not a regular file`, "Give the name of a file.");
  }
  if (exists && !overwrite) throw alreadyThere(path);
  return target;
}

function alreadyThere(path: string): UsageError {
  return new UsageError(`${path} exists already`, "Give another name, or add --overwrite to replace the file.");
}

/** Whether both are one file, also under another name. The other file may be one that does not exist at the moment. */
function isSame(target: string, stats: fs.BigIntStats | null, other: string): boolean {
  const found = statOf(other);
  if (found !== null && stats !== null) return found.dev === stats.dev && found.ino === stats.ino;
  if (other === STANDARD_INPUT || !fs.existsSync(dirname(resolve(other)))) return false;
  return join(fs.realpathSync(dirname(resolve(other))), basename(other)) === target;
}

function statOf(path: string): fs.BigIntStats | null {
  if (path === STANDARD_INPUT) return fs.fstatSync(0, { bigint: true });
  return fs.statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
}

/** Permissions alone do not tell whether a file can be created: the disk may be read-only or the quota used up. */
function probe(temporary: string): void {
  fs.closeSync(fs.openSync(temporary, "wx"));
  fs.rmSync(temporary);
}

function publish(temporary: string, target: string, { path, overwrite, mode }: OutputRequest): void {
  const replaced = fs.statSync(target, { throwIfNoEntry: false });
  if (replaced !== undefined && !overwrite) throw alreadyThere(path);
  const permissions = mode ?? replaced?.mode;
  if (permissions !== undefined) fs.chmodSync(temporary, permissions);
  // On the disk before it gets its name, so that a power cut does not leave an empty file under it.
  const descriptor = fs.openSync(temporary, "r+");
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
  fs.renameSync(temporary, target);
}
