import { evaluate } from "@humanwhocodes/momoa";
import { type Command, InvalidArgumentError, type Option } from "commander";
import { closest, distance } from "fastest-levenshtein";
import { UsageError } from "../../core/errors.ts";
import { type ConfigEntry, type ConfigFile, entriesOf } from "./config-file.ts";
import { configurable, EXPECTED, fits, flagsOf, flagType, flagValue } from "./flag-value.ts";

/** A value of the file for a flag of a command. */
export interface ConfiguredFlag {
  option: Option;
  /** As the command line would have made it. */
  value: unknown;
  /** "sync.lock-timeout": where it is in the file. */
  key: string;
}

/** The values for a command, which includes those for all its subcommands. */
export interface Section {
  /** For flags of this command alone. */
  own: ConfiguredFlag[];
  /** For flags that every command has. */
  shared: ConfiguredFlag[];
}

/** The name under which an editor finds the JSON schema of the file. */
const SCHEMA_KEY = "$schema";

/**
 * Checks the whole file, so that a mistake is found by the first command that reads it.
 *
 * @param folder the folder that relative paths begin at
 * @throws UsageError naming the place in the file, the key, the value and what is allowed
 */
export function checkConfig(file: ConfigFile, program: Command, folder: string): Map<Command, Section> {
  const sections = new Map<Command, Section>();
  const shared = flagsOf(program);
  const check = (command: Command, path: readonly string[], entries: readonly ConfigEntry[]) => {
    const own = command === program ? new Map<string, Option>() : flagsOf(command);
    const section: Section = { own: [], shared: [] };
    sections.set(command, section);
    for (const entry of entries) {
      if (command === program && entry.key === SCHEMA_KEY) continue;
      const names = [...path, entry.key];
      const subcommand = configurable(command.commands).find((candidate) => candidate.name() === entry.key);
      const [option, list] = own.has(entry.key)
        ? [own.get(entry.key), section.own]
        : [shared.get(entry.key), section.shared];
      if (subcommand !== undefined) {
        if (entry.value.type !== "Object")
          throw mistake(entry, names, "must be an object with flags of that command", "");
        check(subcommand, names, entriesOf(file, entry.value));
      } else if (option !== undefined) {
        const value = checkedValue(option, entry, names, folder);
        if (value !== undefined) list.push({ option, value, key: names.join(".") });
      } else throw unknownKey(entry, names, command, [...own.keys(), ...shared.keys()]);
    }
  };
  check(program, [], entriesOf(file, file.root));
  return sections;
}

function checkedValue(option: Option, entry: ConfigEntry, names: string[], folder: string): unknown {
  const type = flagType(option);
  const value: unknown = evaluate(entry.value);
  if (!fits(type, value))
    throw mistake(entry, names, `must be ${EXPECTED[type]}, not ${shown(value)}`, exampleOf(option));
  try {
    return flagValue(option, value, folder);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw mistake(entry, names, `cannot be ${shown(value)}`, error.message);
  }
}

function exampleOf({ flags, description }: Option): string {
  return `It is the flag ${flags}: ${description}.`;
}

/** A value for a message. A URL is not shown: it may have a password. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  if (text.includes("://")) return "what it is";
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

function unknownKey(entry: ConfigEntry, names: string[], command: Command, flags: readonly string[]): UsageError {
  const subcommands = configurable(command.commands).map((subcommand) => subcommand.name());
  const allowed = [...flags, ...subcommands];
  const { key } = entry;
  const below = commandsWith(command, key);
  if (below.length > 0) {
    const [first = ""] = below;
    const example = first.split(" ").reduceRight((inner, name) => `{"${name}": ${inner}}`, `{"${key}": ...}`);
    return mistake(entry, names, `is a flag of ${below.join(", ")} only`, `Put it there: ${example}`);
  }
  const likely = closest(key, allowed);
  const meant = isNear(key, likely) ? `Did you mean "${likely}"? ` : "";
  return mistake(entry, names, "is unknown", `${meant}Allowed here: ${allowed.join(", ")}.`);
}

/** Whether a name is likely meant by another: "color" is by "no-color", "lock-timout" by "lock-timeout". */
function isNear(key: string, name: string): boolean {
  return name.includes(key) || distance(key, name) <= Math.max(2, key.length / 3);
}

/** The commands under this one that have such a flag, by their full names under it. */
function commandsWith(command: Command, flag: string): string[] {
  return configurable(command.commands).flatMap((subcommand) => [
    ...(flagsOf(subcommand).has(flag) ? [subcommand.name()] : []),
    ...commandsWith(subcommand, flag).map((name) => `${subcommand.name()} ${name}`),
  ]);
}

function mistake({ place }: ConfigEntry, names: readonly string[], what: string, hint: string): UsageError {
  return new UsageError(`${place}: "${names.join(".")}" ${what}`, hint || "See: obc-sync --help");
}
