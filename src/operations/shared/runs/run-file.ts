import type { RunFile } from "../../../core/runs/run.ts";
import { digestOf } from "../../../files/file-digest.ts";
import type { InputFile } from "../../../files/open-file.ts";

/** A file as the history names it. */
export async function runFile(file: InputFile): Promise<RunFile> {
  return { name: file.name, sha256: await digestOf(file) };
}
