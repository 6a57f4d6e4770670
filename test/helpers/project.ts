import { join } from "node:path";

export const projectFolder = join(import.meta.dirname, "../..");

/** What `npx obc-sync` runs. */
export const builtProgram = join(projectFolder, "dist/bin/obc-sync.js");

export function fixture(name: string): string {
  return join(projectFolder, "fixtures", name);
}
