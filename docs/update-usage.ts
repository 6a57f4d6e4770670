/**
 * Writes every command's --help into README.md, between two markers. A test fails if they differ.
 *
 *     npm run docs
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { buildProgram, everyCommand } from "../src/cli/program.ts";

const BEGIN = "<!-- usage: written by npm run docs -->";
const END = "<!-- /usage -->";

/** The README with the current usage between its markers. */
export function withUsage(readme: string): string {
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`README.md lacks ${BEGIN} and ${END}`);
  const program = buildProgram("", () => {});
  const commands = everyCommand(program).filter((command) => command !== program && command.commands.length === 0);
  return `${before}${BEGIN}\n\n${commands.map(usageOf).join("\n")}\n${END}${after}`;
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
  const path = join(import.meta.dirname, "..", "README.md");
  writeFileSync(path, withUsage(readFileSync(path, "utf8")));
}
