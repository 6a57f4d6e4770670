import { execFile } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { builtProgram, projectFolder } from "./project.ts";

/** The steps of `npm run build`. */
const STEPS = [
  ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"],
  ["dist/bin/derived-files.js"],
  ["bin/bundle.mjs"],
  ["dist/bin/warm-up.js"],
];

/** Builds the program unless dist/ is newer than every source. */
export async function buildProgram(): Promise<void> {
  if ((await newestSource()) < (await modifiedAt(builtProgram))) return;
  for (const step of STEPS) {
    await promisify(execFile)(process.execPath, step, { cwd: projectFolder }).catch(({ stdout, stderr }) => {
      throw new Error(`the program does not build:\n${stdout}${stderr}`);
    });
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
