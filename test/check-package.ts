/**
 * npm run check:package: packs the package as in a fresh clone, installs the tarball in an empty project with its
 * dependencies from the registry, and runs the program there. It takes minutes if better-sqlite3 has to be compiled.
 *
 * test/package/packed.test.ts tests the contents and exports of the tarball, with the dependencies of this checkout.
 */
import { execSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const checkout = join(import.meta.dirname, "..");
const { version } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8"));
const project = mkdtempSync(join(tmpdir(), "obc-sync-package-"));
try {
  // A fresh clone has no dist/: npm pack has to build it.
  rmSync(join(checkout, "dist"), { recursive: true, force: true });
  run(`npm pack --pack-destination "${project}"`, checkout);
  const tarball = readdirSync(project).find((file) => file.endsWith(".tgz"));
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ private: true, allowScripts: { "better-sqlite3": true } }),
  );
  run(`npm install --no-fund --no-audit ./${tarball}`, project);
  const printed = execSync("npx --no -- obc-sync --version", { cwd: project, encoding: "utf8" }).trim();
  if (printed !== version) throw new Error(`obc-sync --version prints "${printed}", package.json says "${version}"`);
  run("npx --no -- obc-sync migrate --database obc.sqlite3", project);
} finally {
  rmSync(project, { recursive: true, force: true });
}
process.stdout.write(`\nThe package of obc-sync ${version} installs and runs.\n`);

/** Shows the command and its output; throws if it fails. */
function run(command: string, cwd: string): void {
  process.stdout.write(`\n$ ${command}\n`);
  execSync(command, { cwd, stdio: "inherit" });
}
