import type { Command } from "commander";

interface ManPage {
  /** "obc-sync-import.1" */
  file: string;
  /** In the macros of man(7). */
  text: string;
}

/**
 * One page for the program and one for each of its commands, with what --help says.
 *
 * @param date of the pages, as 2026-12-01
 */
export function manPages(program: Command, date: string): ManPage[] {
  return [program, ...program.commands].map((command) => ({
    file: `${pageName(command)}.1`,
    text: page(command, program, date),
  }));
}

function pageName(command: Command): string {
  return fullName(command).replaceAll(" ", "-");
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

function page(command: Command, program: Command, date: string): string {
  const name = pageName(command);
  const { notes, examples, exitCodes, documentation } = helpTexts(command);
  const isProgram = command === program;
  const described = [command, ...(isProgram ? [] : everyLeaf(command))];
  return [
    `.TH ${name.toUpperCase()} 1 ${date} "obc-sync ${program.version() ?? ""}" "obc-sync"`,
    // Names of places and flags must not be hyphenated.
    ".nh",
    ".SH NAME",
    `${escaped(name)} \\- ${escaped(command.description())}`,
    ".SH SYNOPSIS",
    ...synopses(isProgram ? [command] : everyLeaf(command)),
    ...(notes.length === 0 ? [] : [".SH DESCRIPTION", ...notes.map(escaped)]),
    ...(isProgram ? [".SH COMMANDS", ...program.commands.flatMap(entryOfCommand)] : []),
    ".SH OPTIONS",
    ...(isProgram ? ["Every command has these options."] : ["Those of every command are in", ".BR obc\\-sync (1)."]),
    ...described.flatMap((each) => optionsOf(each, each === command ? null : fullName(each))),
    ...(isProgram ? ENVIRONMENT : []),
    ".SH EXIT STATUS",
    ...exitCodes.flatMap(([code = "", meaning = ""]) => tagged(code, meaning)),
    ".SH EXAMPLES",
    ".nf",
    ...[...examples, ...described.slice(1).flatMap((each) => helpTexts(each).examples)].map(escaped),
    ".fi",
    ".SH SEE ALSO",
    ...(isProgram
      ? program.commands.map(
          (each, index, all) => `.BR ${escaped(pageName(each))} (1)${index + 1 < all.length ? "," : ""}`,
        )
      : [".BR obc\\-sync (1)"]),
    ".PP",
    `${escaped(documentation)} in the folder of the package`,
    "",
  ].join("\n");
}

/** The commands that do something: a group such as import only has others. */
function everyLeaf(command: Command): Command[] {
  if (command.commands.length === 0) return [command];
  const hasOwn = command.options.length > 0;
  return [...(hasOwn ? [command] : []), ...command.commands.flatMap(everyLeaf)];
}

function synopses(commands: readonly Command[]): string[] {
  return commands.flatMap((command, index) => [
    ...(index === 0 ? [] : [".br"]),
    `.B ${escaped(fullName(command))}`,
    escaped(command.usage()),
  ]);
}

function entryOfCommand(command: Command): string[] {
  return tagged(command.name(), `${command.description()}.`, `See ${pageName(command)}(1).`);
}

/** @param heading of a subcommand; null of the command that the page is about */
function optionsOf(command: Command, heading: string | null): string[] {
  const help = command.createHelp();
  const items = [
    ...help.visibleArguments(command).map((each) => tagged(help.argumentTerm(each), help.argumentDescription(each))),
    ...command.options.map((each) => tagged(help.optionTerm(each), help.optionDescription(each))),
  ];
  if (heading === null) return items.flat();
  return [`.SS ${escaped(heading)}`, escaped(command.description()), ...items.flat()];
}

function tagged(term: string, ...lines: string[]): string[] {
  return [".TP", `.B ${escaped(term)}`, ...lines.map(escaped)];
}

const ENVIRONMENT = [
  ".SH ENVIRONMENT",
  "A flag comes first, then the environment, then the configuration file.",
  ...tagged("OBC_SYNC_DATABASE, DATABASE_URL", "as --database"),
  ...tagged("OBC_SYNC_SCHEMA", "as --schema"),
  ...tagged("OBC_SYNC_LOCK_TIMEOUT", "as --lock-timeout"),
  ...tagged("OBC_SYNC_CURATED_FIELDS", "as --curated"),
  ...tagged("OBC_SYNC_ACTOR", "as --actor"),
  ...tagged("OBC_SYNC_CONFIG", "as --config"),
  ...tagged("NO_COLOR, PAGER", "as --no-color; the pager for long text"),
  ...tagged("PGHOST, PGSERVICE and others", "as for psql(1), where the database is a postgres:// URL"),
  ".SH FILES",
  ...tagged("obc-sync.config.json", "the configuration file, in the working folder"),
  ...tagged("~/.pg_service.conf, ~/.pgpass", "services and passwords of PostgreSQL"),
];

interface HelpTexts {
  notes: string[];
  examples: string[];
  exitCodes: string[][];
  documentation: string;
}

/** The texts that --help has below the flags. */
function helpTexts(command: Command): HelpTexts {
  let text = "";
  const write = (part: string) => {
    text += part;
  };
  // What addHelpText listens for.
  (command as unknown as NodeJS.EventEmitter).emit("afterHelp", { error: false, command, write });
  const [, notes = ""] = /^([\s\S]*?)(?=\nExamples:|\nExit codes:)/.exec(text) ?? [];
  const codes = /\nExit codes:\n((?: .*\n)*)/.exec(text)?.[1] ?? "";
  return {
    notes: notes.split("\n").filter((line) => line !== ""),
    examples: [...text.matchAll(/^ {2}\$ (.*)$/gm)].map(([, line = ""]) => line),
    exitCodes: [...codes.matchAll(/^ +(\d+) +(.*)$/gm)].map(([, code = "", meaning = ""]) => [code, meaning]),
    documentation: /\nDocumentation: (.*)/.exec(text)?.[1] ?? "",
  };
}

/** A text that troff does not take for a request, an escape or a hyphen. */
function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^(?=[.'])/, "\\&");
}
