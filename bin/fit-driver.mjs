/**
 * The first step of `npm run build`: puts the better-sqlite3 in place that works with the running Node. Version 12 aborts on
 * Node 24, version 13 crashes on Node 20. npm chooses between them for whoever installs the package; in a clone the lock
 * file decides, and it has 12, with 13 beside it under another name: docs/decisions/two-versions-of-the-driver.md.
 */
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

const modules = join(import.meta.dirname, "..", "node_modules");
const driver = join(modules, "better-sqlite3");

const major = (version) => Number(version.split(".")[0]);
const installed = major(JSON.parse(readFileSync(join(driver, "package.json"), "utf8")).version);
const wanted = major(process.versions.node) >= 22 ? 13 : 12;

if (installed < wanted) {
  rmSync(driver, { recursive: true });
  cpSync(join(modules, "better-sqlite3-13"), driver, { recursive: true });
} else if (installed > wanted) {
  throw new Error(`better-sqlite3 ${installed} was put in place for a newer Node; run: npm ci`);
}
