import type { CommandNode, FlagNode, Suggestion } from "./command-node.ts";

/** What may stand at the end of a command line that is being typed. */
export interface Position {
  /** Subcommands and flags, by what the user types. */
  words: ReadonlyArray<{ value: string; description: string }>;
  /** The value that may stand there; null if there is none. */
  value: Suggestion | null;
  /** The part of the word that the value has to begin with. */
  prefix: string;
  /** What of the word is before that: "--province=". */
  before: string;
  /** The value of --database, --config and --schema, as far as they are given. */
  given: Readonly<Record<string, string>>;
}

/** @param words those before the last, without the name of the program @param last the word that is being typed */
export function positionOf(program: CommandNode, words: readonly string[], last: string): Position {
  let command = program;
  let flags = program.flags;
  let pending: FlagNode | null = null;
  let count = 0;
  let isAfterDashes = false;
  const used = new Set<string>();
  const given: Record<string, string> = {};
  for (const word of words) {
    if (pending !== null && !(pending.isOptional && word.startsWith("-"))) {
      given[pending.flag] = word;
      pending = null;
    } else if (word === "--") isAfterDashes = true;
    else if (word.startsWith("-") && word !== "-" && !isAfterDashes) {
      const [name = "", ...value] = word.split("=");
      const flag = flags.find((candidate) => candidate.flag === name);
      pending = flag?.value != null && value.length === 0 ? flag : null;
      used.add(name);
      if (value.length > 0) given[name] = value.join("=");
    } else {
      const subcommand = count === 0 ? command.commands.find(({ name }) => name === word) : undefined;
      if (subcommand === undefined) count += 1;
      else {
        command = subcommand;
        flags = [...subcommand.flags, ...program.flags];
      }
    }
  }
  const position = { words: [], value: null, prefix: last, before: "", given };
  if (pending !== null && !(pending.isOptional && last.startsWith("-"))) return { ...position, value: pending.value };
  const [, before = "", prefix = ""] = (isAfterDashes ? null : /^(--[\w-]+=)([\s\S]*)$/.exec(last)) ?? [];
  if (before !== "") {
    const flag = flags.find((candidate) => `${candidate.flag}=` === before);
    return { ...position, value: flag?.value ?? null, prefix, before };
  }
  const names = flags
    .filter(({ flag, isList }) => isList || !used.has(flag))
    .map(({ flag, description }) => ({ value: flag, description }));
  if (last.startsWith("-") && !isAfterDashes) return { ...position, words: names };
  const argument =
    command.arguments[Math.min(count, command.isVariadic ? command.arguments.length - 1 : count)] ?? null;
  const subcommands =
    count === 0 ? command.commands.map(({ name, description }) => ({ value: name, description })) : [];
  // Where nothing else may stand, the flags are what the user may be looking for.
  const isOver = argument === null && subcommands.length === 0 && last === "" && !isAfterDashes;
  return { ...position, words: isOver ? names : subcommands, value: argument };
}
