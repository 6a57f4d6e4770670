import { execFile } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { builtProgram, projectFolder } from "./project.ts";

/** Compiles the program unless dist/ is newer than every source. */
export async function buildProgram(): Promise<void> {
  if ((await newestSource()) < (await modifiedAt(builtProgram))) return;
  const compiler = join(projectFolder, "node_modules/typescript/bin/tsc");
  try {
    await promisify(execFile)(process.execPath, [compiler, "-p", "tsconfig.build.json"], { cwd: projectFolder });
  } catch (error) {
    throw new Error(`the program does not compile:\n${(error as { stdout: string }).stdout}`);
  }
}

async function newestSource(): Promise<number> {
  const sources = ["package.json", "tsconfig.json", "tsconfig.build.json"];
  for (const folder of ["bin", "src", "migrations"]) {
    const entries = await readdir(join(projectFolder, folder), { recursive: true });
    sources.push(...entries.map((entry) => join(folder, entry)));
  }
  return Math.max(...(await Promise.all(sources.map((path) => modifiedAt(join(projectFolder, path))))));
}

/** In milliseconds; 0 if the file does not exist. */
async function modifiedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
