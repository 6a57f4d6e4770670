import { spawn } from "node:child_process";
import { UsageError } from "../core/errors.ts";
import type { PageFile } from "../core/page-file.ts";
import type { CommandContext } from "./context.ts";
import { OutputError } from "./terminal/output.ts";

export interface PageRequest {
  path: string;
  /** The flag that names it, for messages. */
  flag: string;
  overwrite: boolean;
  /** Files that are read, which it may not replace. */
  inputs: readonly string[];
}

export interface PageFlags {
  report?: string;
  overwrite?: boolean;
}

/** @param inputs files that the command reads @throws UsageError if only a page could be replaced, and none is asked for */
export function pageRequest(
  { report, overwrite = false }: PageFlags,
  inputs: readonly string[] = [],
): PageRequest | null {
  if (report !== undefined) return { path: report, flag: "--report", overwrite, inputs };
  if (overwrite) throw new UsageError("--overwrite has nothing to replace", "Add --report, or omit --overwrite.");
  return null;
}

/**
 * Does the work of a command and writes its result as a page too. Whether the page may be written is checked first.
 *
 * @throws UsageError where it may not
 */
export async function withPage<Result extends { page?: PageFile }>(
  request: PageRequest | null,
  { settings, progress }: Pick<CommandContext, "settings" | "progress">,
  work: () => Promise<Result>,
  render: (result: Result) => Promise<string>,
): Promise<Result> {
  if (request === null) return work();
  const { path, flag, overwrite, inputs } = request;
  if (path.trim() === "") throw new UsageError(`${flag} needs a file`, `For example: ${flag} report.html`);
  const { withOutputFile, writeText } = await import("../files/out/output-file.ts");
  const { databaseFiles } = await import("../operations/shared/protected-files.ts");
  const read = inputs.map((input) => ({ path: input, what: "a file that is read" }));
  const never = [...read, ...databaseFiles(settings.database)];
  let hasWorked = false;
  try {
    return await withOutputFile({ path, flag, overwrite, never }, async (draft) => {
      const result = await work();
      hasWorked = true;
      progress(`Writing ${path}`);
      const text = await render(result);
      writeText(draft, text);
      return { ...result, page: { file: path, bytes: Buffer.byteLength(text) } };
    });
  } catch (error) {
    throw hasWorked && error instanceof UsageError ? new OutputError(error.message, error.hint, error) : error;
  }
}

const OPENERS: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/** Shows a file in the user's browser. @returns false if no program to open it could be started */
export function openFile(path: string): Promise<boolean> {
  const [program = "", ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  const child = spawn(program, [...args, path], { stdio: "ignore", detached: true });
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}
