import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ObcSyncError, previewSync, showCommunity } from "../../src/index.ts";
import { useDatabase } from "../helpers/databases.ts";
import { projectFolder } from "../helpers/project.ts";

const database = useDatabase("sqlite");

/** The pages with every --help, and the sources of hints. */
const files = ["README.md", "docs", "src/cli", "src/db/records"].flatMap((path) =>
  path.endsWith(".md")
    ? [path]
    : readdirSync(join(projectFolder, path), { recursive: true, encoding: "utf8" })
        .filter((name) => /\.(md|ts)$/.test(name))
        .map((name) => join(path, name)),
);

async function exists(reference: string): Promise<boolean> {
  const finders = [
    () => showCommunity(database.knex, reference),
    () => previewSync(database.knex, { scope: { kind: "municipality", units: [reference] } }),
  ];
  for (const find of finders) {
    try {
      await find();
      return true;
    } catch (error) {
      if (!(error instanceof ObcSyncError)) throw error;
    }
  }
  return false;
}

it("a place that an example names is in the bundled geography", async () => {
  const references = new Set<string>();
  for (const file of files) {
    const text = readFileSync(join(projectFolder, file), "utf8");
    for (const [, name] of text.matchAll(/"([A-Z][a-z]+(?: [A-Z][a-z]+)*, [A-Z][a-z]+(?:, [A-Z][a-z]+)?)"/g)) {
      references.add(name as string);
    }
    for (const [, code] of text.matchAll(/\b(?:community|coverage) [a-z]+ (\d{10})\b/g)) references.add(code as string);
  }
  expect(references.size).toBeGreaterThan(3);
  const missing: string[] = [];
  for (const reference of references) if (!(await exists(reference))) missing.push(reference);
  expect(missing).toEqual([]);
});
