import { join } from "node:path";

export const projectFolder = join(import.meta.dirname, "../..");

/** What `npx obc-sync` runs. */
export const builtProgram = join(projectFolder, "dist/bin/obc-sync.js");

/** The same as a module, without what starts it. */
export const programModule = join(projectFolder, "dist/bin/program.cjs");

export function fixture(name: string): string {
  return join(projectFolder, "fixtures", name);
}
