import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "./databases.ts";
import { projectFolder } from "./project.ts";

/** A fenced block of a page in docs/. */
export interface DocumentationBlock {
  /** ts, sh or console; blocks in other languages are not run. */
  language: string;
  code: string;
  /** The page, the heading above it and its line, for the name of a test. */
  place: string;
  /** The initial contents of its database: the example, unless a comment above the block names another stage. */
  stage: Stage;
}

/** The README and the pages in docs/ itself. */
export function documentationPages(): string[] {
  const pages = readdirSync(join(projectFolder, "docs")).filter((name) => name.endsWith(".md"));
  return ["README.md", ...pages.map((name) => join("docs", name))];
}

/** Every fenced block of a page, in order. */
export function documentationBlocks(page: string): DocumentationBlock[] {
  const text = readFileSync(join(projectFolder, page), "utf8");
  const pattern =
    /^#+ (?<heading>.+)$|^(?:<!-- stage: (?<stage>\w+) -->\n\n)?```(?<language>\w*)\n(?<code>[\s\S]*?)^```$/gm;
  const blocks: DocumentationBlock[] = [];
  let heading = "";
  for (const { groups = {}, index } of text.matchAll(pattern)) {
    if (groups.heading !== undefined) {
      heading = groups.heading;
      continue;
    }
    const line = text.slice(0, index).split("\n").length;
    const stage = (groups.stage ?? "example") as Stage;
    blocks.push({
      language: groups.language ?? "",
      code: groups.code ?? "",
      place: `${page}, ${heading}, line ${line}`,
      stage,
    });
  }
  return blocks;
}

/** A block that opens its own connection is a whole program; the others use a `knex` in scope. */
export function isWholeProgram({ code }: DocumentationBlock): boolean {
  return code.includes('from "knex"');
}
