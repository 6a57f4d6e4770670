import type { Command } from "commander";

/** The page about each command, in docs/ of the package. */
const PAGES: Readonly<Record<string, string>> = {
  analyze: "analyze.md",
  apply: "history-and-revert.md",
  community: "records.md",
  completion: "configuration.md",
  coverage: "records.md",
  export: "export.md",
  history: "history-and-revert.md",
  import: "import.md",
  init: "configuration.md",
  inspect: "import.md",
  migrate: "operations.md",
  perf: "perf.md",
  plan: "history-and-revert.md",
  report: "report.md",
  revert: "history-and-revert.md",
  status: "operations.md",
  sync: "sync.md",
  verify: "verify.md",
  watch: "watch.md",
};

/** The page about a command, by its path in the package. */
export function pageOf(command: Command): string {
  return `docs/${PAGES[topLevelName(command)] ?? "README.md"}`;
}

/** "import" of the command import communities; that of the program is its own name. */
function topLevelName(command: Command): string {
  return command.parent?.parent ? topLevelName(command.parent) : command.name();
}
