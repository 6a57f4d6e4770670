import type { Command } from "commander";

/** The page about each command, in docs/ of the package. */
const PAGES: Readonly<Record<string, string>> = {
  analyze: "analyze.md",
  completion: "configuration.md",
  export: "export.md",
  import: "import.md",
  init: "configuration.md",
  inspect: "import.md",
  perf: "perf.md",
  report: "report.md",
};

/** The page about a command, by its path in the package. */
export function pageOf(command: Command): string {
  const page = topLevelName(command);
  return page in PAGES ? `docs/${PAGES[page]}` : "README.md";
}

/** "import" of the command import communities; that of the program is its own name. */
function topLevelName(command: Command): string {
  return command.parent?.parent ? topLevelName(command.parent) : command.name();
}
