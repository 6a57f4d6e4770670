import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildProgram } from "./build-program.ts";
import { makeTemplates, type Templates } from "./database-templates.ts";
import { startPostgres } from "./postgres-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    templates: Templates;
  }
}

/** Once per run: builds the program, starts a PostgreSQL server, and creates the templates that tests copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildProgram();
  const folder = await mkdtemp(join(tmpdir(), "obc-sync-test-"));
  const server = await startPostgres();
  try {
    project.provide("templates", await makeTemplates(folder, server.url));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
