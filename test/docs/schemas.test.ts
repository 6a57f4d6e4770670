import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { SCHEMAS_FOLDER, schemaFiles } from "../../docs/update-schemas.ts";
import { projectFolder } from "../helpers/project.ts";

const files = readdirSync(SCHEMAS_FOLDER).map((file): [file: string, text: string] => [
  file,
  readFileSync(join(SCHEMAS_FOLDER, file), "utf8"),
]);

it("docs/schemas has the types of the documents; npm run docs:schemas updates it", () => {
  expect(Object.fromEntries(files)).toEqual(schemaFiles());
});

it("docs/json.md describes every key of every document, and every code of an error", () => {
  const missing = files.flatMap(([file, text]) => {
    const { properties, anyOf = [{ properties }] } = JSON.parse(text);
    const keys = new Set<string>(anyOf.flatMap((one: { properties: object }) => Object.keys(one.properties)));
    const codes = file === "error.json" ? text.match(/[A-Z]+(?:_[A-Z]+)*(?=")/g) : [];
    for (const key of EVERYWHERE) keys.delete(key);
    const section = sectionOf(file);
    return [...keys, ...(codes ?? [])]
      .filter((key) => !new RegExp(`\\b${key}\\b`).test(section))
      .map((key) => [file, key]);
  });
  expect(missing).toEqual([]);
});

/** Described at the top of the page. */
const EVERYWHERE = ["formatVersion", "command", "durationMs"];

/** The headings of documents whose file does not begin with the same word. */
const HEADINGS: Readonly<Record<string, string>> = { error: "Error", list: "community list", plan: "apply" };

const page = readFileSync(join(projectFolder, "docs/json.md"), "utf8");

function sectionOf(file: string): string {
  const [word = ""] = file.replace(".json", "").split("-");
  const heading = HEADINGS[word] ?? word;
  const section = page.split(/^## /m).find((text) => new RegExp(`^${heading}\\b`).test(text));
  if (section === undefined) throw new Error(`docs/json.md has no section for ${file}`);
  return section;
}
