import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "./databases.ts";
import { projectFolder } from "./project.ts";

/** A fenced block of a page in docs/. */
export interface DocumentationBlock {
  /** ts, sh, console; others are not for running. */
  language: string;
  code: string;
  /** Where it stands, for the name of a test: the heading above it and its line in the page. */
  place: string;
  /** What its database begins with; a comment above the block says so where it is not the example. */
  stage: Stage;
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
    blocks.push({ language: groups.language ?? "", code: groups.code ?? "", place: `${heading}, line ${line}`, stage });
  }
  return blocks;
}

/** A block that brings its own connection is a program of its own; the others find a `knex` in scope. */
export function isWholeProgram({ code }: DocumentationBlock): boolean {
  return code.includes('from "knex"');
}
