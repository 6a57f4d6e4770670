import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { withHeadings, withUsage } from "../../docs/update-usage.ts";
import { projectFolder } from "../helpers/project.ts";

it("README.md has every command's usage as in --help; npm run docs updates it", () => {
  const readme = readFileSync(join(projectFolder, "README.md"), "utf8");
  expect(readme).toBe(withUsage(readme));
});

it("docs/import.md has every known heading; npm run docs updates it", () => {
  const page = readFileSync(join(projectFolder, "docs/import.md"), "utf8");
  expect(page).toBe(withHeadings(page));
});
