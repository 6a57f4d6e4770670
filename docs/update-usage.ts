/**
 * Writes every command's --help into docs/usage.md, and the table of headings into docs/import.md, each between two markers.
 * A test fails if they differ.
 *
 *     npm run docs
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { buildProgram, everyCommand } from "../src/cli/program.ts";
import { knownColumns } from "../src/core/headings/known/heading-table.ts";

const BEGIN = "<!-- usage: written by npm run docs -->";
const END = "<!-- /usage -->";

/** docs/usage.md with the current usage between its markers. */
export function withUsage(page: string): string {
  const program = buildProgram("", () => {});
  const commands = everyCommand(program).filter((command) => command !== program && command.commands.length === 0);
  return between(page, BEGIN, commands.map(usageOf).join("\n"), END);
}

const HEADINGS_BEGIN = "<!-- headings: written by npm run docs -->";
const HEADINGS_END = "<!-- /headings -->";

/** docs/import.md with the current table of headings between its markers. */
export function withHeadings(page: string): string {
  const rows = knownColumns().map(({ column, headings, note }) => [
    column === null ? "" : `\`${column}\``,
    headings.join(", ") + (note === "" ? "" : ` (${note})`),
  ]);
  return between(page, HEADINGS_BEGIN, `${markdownTable([["Column", "Headings"], ...rows])}\n`, HEADINGS_END);
}

/** A table with padded cells, as biome formats it. */
function markdownTable([head = [], ...rows]: string[][]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => (cells[column] ?? "").length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function between(text: string, begin: string, content: string, end: string): string {
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`the page lacks ${begin} and ${end}`);
  return `${before}${begin}\n\n${content}\n${end}${after}`;
}

/** The help of one command in a <details> element, without the parts that all commands share. */
function usageOf(command: Command): string {
  let help = "";
  command.configureOutput({
    getOutHelpWidth: () => 100,
    writeOut: (text) => {
      help += text;
    },
  });
  command.outputHelp();
  const own = help.replace(/\nGlobal Options:\n(.+\n)+/, "").replace(/\nExit codes:\n[\s\S]*$/, "");
  return `<details><summary><code>${fullName(command)}</code></summary>\n\n\`\`\`\n${own.trim()}\n\`\`\`\n\n</details>\n`;
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, updated] of Object.entries({ "usage.md": withUsage, "import.md": withHeadings })) {
    const file = join(import.meta.dirname, name);
    writeFileSync(file, updated(readFileSync(file, "utf8")));
  }
}
