import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { projectFolder } from "../helpers/project.ts";

const FOLDERS = ["bin", "src", "migrations", "bench", "test", "docs", "fixtures"];

/** Every file of the project that a person reads. */
const files = [
  ...readdirSync(projectFolder),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(projectFolder, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  ),
].filter((path) => /\.(ts|mjs|md)$/.test(path));

const textOf = (file: string) => readFileSync(join(projectFolder, file), "utf8");

it("a page that a comment or a page mentions exists", () => {
  const missing = files.flatMap((file) =>
    [...textOf(file).matchAll(/\bdocs\/[\w/-]+\.md\b/g)]
      .filter(([path]) => !existsSync(join(projectFolder, path)))
      .map(([path]) => `${file}: ${path}`),
  );
  expect(missing).toEqual([]);
});

it("a link of a page leads to a file that exists", () => {
  const missing = files
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) =>
      [...textOf(file).matchAll(/\]\(([^)#:\s]+)(?:#[\w-]*)?\)/g)]
        .map(([, target]) => target as string)
        .filter((target) => !existsSync(join(projectFolder, dirname(file), target)))
        .map((target) => `${file}: ${target}`),
    );
  expect(missing).toEqual([]);
});
