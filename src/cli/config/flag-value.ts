import type { Command, Option } from "commander";
import { ListOption } from "../options.ts";
import { pathFrom } from "./path-from.ts";

/** What the file may have for a flag. */
export type FlagType = "boolean" | "text" | "number" | "number or text" | "list" | "text or true";

/** The name of a flag in the file: as on the command line, without the dashes. */
export function flagName({ long }: Option): string {
  return long?.replace(/^--/, "") ?? "";
}

/** Flags and commands that make no sense in the file. */
const NEVER = new Set(["config", "no-config", "version", "help"]);
const WITHOUT_FILE = new Set(["init", "completion"]);

/** The subcommands that the file can have flags for. The others work whatever is in it. */
export function configurable(commands: readonly Command[]): Command[] {
  return commands.filter((command) => !WITHOUT_FILE.has(command.name()));
}

/** The flags that a command has itself, or that every command has, by name. */
export function flagsOf(command: Command): Map<string, Option> {
  const allowed = command.options.filter((option) => !NEVER.has(flagName(option)));
  return new Map(allowed.map((option) => [flagName(option), option]));
}

/** Names of values in --help that are numbers, or may be. */
const NUMBERS: Readonly<Record<string, FlagType>> = {
  n: "number",
  seconds: "number",
  hours: "number",
  "n|all": "number or text",
  "date|run": "number or text",
};

const FILES = new Set(["file", "path|url"]);

/** The name of the value in --help: "file" of "--output <file>"; "" of a switch. */
export function valueName({ flags }: Option): string {
  return /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1] ?? "";
}

export function flagType(option: Option): FlagType {
  if (!option.required && !option.optional) return "boolean";
  if (option instanceof ListOption) return "list";
  if (option.optional) return "text or true";
  return NUMBERS[valueName(option)] ?? "text";
}

/** Values that fit the type, in words. */
export const EXPECTED: Readonly<Record<FlagType, string>> = {
  boolean: "true or false",
  text: "a text in double quotes",
  number: "a number, without quotes",
  "number or text": "a number or a text",
  list: "a text or a list of texts",
  "text or true": "a text, or true",
};

export function fits(type: FlagType, value: unknown): boolean {
  switch (type) {
    case "boolean":
      return typeof value === "boolean";
    case "text":
      return typeof value === "string";
    case "number":
      return typeof value === "number";
    case "number or text":
      return typeof value === "number" || typeof value === "string";
    case "list":
      return typeof value === "string" || (Array.isArray(value) && value.every((item) => typeof item === "string"));
    case "text or true":
      return typeof value === "string" || typeof value === "number" || value === true;
  }
}

/**
 * The value that the command line would have made of it. Paths are relative to the folder of the file.
 *
 * @param value fits the type of the flag
 * @throws InvalidArgumentError if it is not one of the choices of the flag
 */
export function flagValue(option: Option, value: unknown, folder: string): unknown {
  if (typeof value === "boolean") return option.negate ? !value : value;
  const texts = (Array.isArray(value) ? value : [value]).map((item) => pathIn(folder, option, String(item)));
  return texts.reduce<unknown>(
    (previous, text) => (option.parseArg === undefined ? text : option.parseArg(text, previous)),
    undefined,
  );
}

function pathIn(folder: string, option: Option, text: string): string {
  return FILES.has(valueName(option)) ? pathFrom(folder, text) : text;
}
