/**
 * npm run check:package: packs the package as in a fresh clone, installs the tarball in an empty project with its
 * dependencies from the registry, and runs the program and the library there: with the Knex that npm installs by itself,
 * and with the oldest Knex that the package allows. It takes minutes if better-sqlite3 has to be compiled.
 *
 * test/package/packed.test.ts tests the contents and exports of the tarball, with the dependencies of this checkout.
 */
import { execSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const checkout = join(import.meta.dirname, "..");
const { version, peerDependencies, devDependencies } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8"));
const project = mkdtempSync(join(tmpdir(), "obc-sync-package-"));

/** A program with a Knex instance of its own; TypeScript checks that this is the Knex of the library's types. */
const APPLICATION = `import createKnex, { type Knex } from "knex";
import { migrate, ObcSyncError, type SyncStatistics, syncEntireHierarchy } from "obc-sync";

const knex: Knex = createKnex({ client: "better-sqlite3", connection: { filename: "app.sqlite3" }, useNullAsDefault: true });
try {
  await migrate(knex);
  const stats: SyncStatistics = await knex.transaction((transaction) => syncEntireHierarchy(transaction));
  if (stats.provincesSynced !== 0) throw new Error("a new database has nothing to sync");
  const refused: unknown = await syncEntireHierarchy(knex, { region: "Atlantis" }).catch((error: unknown) => error);
  if (!(refused instanceof ObcSyncError)) throw refused;
} finally {
  await knex.destroy();
}
`;

const COMPILER_OPTIONS = { target: "es2023", module: "nodenext", types: ["node"], strict: true, outDir: "." };

try {
  // A fresh clone has no dist/: npm pack has to build it.
  rmSync(join(checkout, "dist"), { recursive: true, force: true });
  run(`npm pack --pack-destination "${project}"`, checkout);
  const tarball = readdirSync(project).find((file) => file.endsWith(".tgz"));
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ private: true, type: "module", allowScripts: { "better-sqlite3": true } }),
  );
  run(`npm install --no-fund --no-audit ./${tarball}`, project);
  const printed = execSync("npx --no -- obc-sync --version", { cwd: project, encoding: "utf8" }).trim();
  if (printed !== version) throw new Error(`obc-sync --version prints "${printed}", package.json says "${version}"`);
  run("npx --no -- obc-sync migrate --database obc.sqlite3", project);

  writeFileSync(join(project, "app.ts"), APPLICATION);
  writeFileSync(
    join(project, "tsconfig.json"),
    JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: ["app.ts"] }),
  );
  const types = ["typescript", "@types/node"].map((name) => `"${name}@${devDependencies[name]}"`).join(" ");
  const oldestKnex = `knex@${peerDependencies.knex.replace("^", "")}`;
  for (const packages of [types, oldestKnex]) {
    run(`npm install --no-fund --no-audit ${packages}`, project);
    // Fails if the package has brought another Knex.
    run("npm ls knex", project);
    run("npx --no -- tsc -p . && node app.js", project);
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}
process.stdout.write(`\nThe package of obc-sync ${version} installs and runs.\n`);

/** Shows the command and its output; throws if it fails. */
function run(command: string, cwd: string): void {
  process.stdout.write(`\n$ ${command}\n`);
  execSync(command, { cwd, stdio: "inherit" });
}
