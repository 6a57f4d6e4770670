import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { withHeadings, withUsage } from "../../docs/update-usage.ts";
import { projectFolder } from "../helpers/project.ts";

it("docs/usage.md has every command's usage as in --help; npm run docs updates it", () => {
  const page = readFileSync(join(projectFolder, "docs/usage.md"), "utf8");
  expect(page).toBe(withUsage(page));
});

it("docs/import.md has every known heading; npm run docs updates it", () => {
  const page = readFileSync(join(projectFolder, "docs/import.md"), "utf8");
  expect(page).toBe(withHeadings(page));
});
