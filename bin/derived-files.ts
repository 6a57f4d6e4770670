/**
 * The second step of `npm run build`: writes the files that are made from the program's own flags, so that they cannot
 * differ from them. It is not part of the package.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandTree } from "../src/cli/derived/command-tree.ts";
import { configSchema } from "../src/cli/derived/config-schema.ts";
import { manPages } from "../src/cli/derived/man-page.ts";
import { buildProgram } from "../src/cli/program.ts";
import { packageVersion } from "../src/files/package-root.ts";

const dist = join(import.meta.dirname, "..");
const program = buildProgram(packageVersion(), () => {});

const man = join(dist, "man");
mkdirSync(man, { recursive: true });
for (const { file, text } of manPages(program, new Date().toISOString().slice(0, 10)))
  writeFileSync(join(man, file), text);
writeFileSync(join(dist, "config.schema.json"), `${JSON.stringify(configSchema(program), null, 2)}\n`);
writeFileSync(join(dist, "bin", "commands.json"), JSON.stringify(commandTree(program)));
