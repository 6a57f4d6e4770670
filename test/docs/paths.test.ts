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

const pages = files.filter((file) => file.endsWith(".md"));

it("a link of a page leads to a file that exists, and to a heading that it has", () => {
  const broken = pages.flatMap((page) =>
    linksOf(page)
      .filter(({ target, anchor }) => {
        const file = target === "" ? page : join(dirname(page), target);
        if (!existsSync(join(projectFolder, file))) return true;
        return anchor !== "" && !anchorsOf(file).has(anchor);
      })
      .map(({ target, anchor }) => `${page}: ${target}#${anchor}`),
  );
  expect(broken).toEqual([]);
});

it.each(["docs", "docs/decisions"])("%s/README.md links to every page beside it", (folder) => {
  const linked = linksOf(join(folder, "README.md")).map(({ target }) => target);
  const beside = readdirSync(join(projectFolder, folder)).filter((name) => /\.(md|sql)$/.test(name));
  expect(beside.filter((name) => name !== "README.md" && !linked.includes(name))).toEqual([]);
});

/** The links of a page to files of the project, and to its own headings. */
function linksOf(page: string): Array<{ target: string; anchor: string }> {
  return [...withoutCode(textOf(page)).matchAll(/\]\(([^)#:\s]*)(?:#([\w-]*))?\)/g)].map(
    ([, target = "", anchor = ""]) => ({ target, anchor }),
  );
}

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(page: string): Set<string> {
  const headings = [...withoutCode(textOf(page)).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading as string);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

/** A comment of a shell looks like a heading. */
function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, "");
}
