import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { UsageError } from "../../core/errors.ts";
import { fromEnvironment } from "../../settings.ts";
import type { GlobalFlags } from "../options.ts";
import { everyCommand } from "../program.ts";
import { type ConfiguredFlag, checkConfig, type Section } from "./check-config.ts";
import { readConfigFile } from "./config-file.ts";
import { CONFIG_FILE, CONFIG_VARIABLE } from "./config-name.ts";
import { configurable } from "./flag-value.ts";
import { hasPassword } from "./password.ts";

/** commander's name for values that come from neither the command line nor a default. */
const SOURCE = "config";

/** What the configuration file has given to this command line. */
export interface UsedConfig {
  /** What the user has to be told about the file. */
  warnings: string[];
  /** The same error; where it is about a flag of the file, with the place in its hint. */
  explain: (error: unknown) => unknown;
}

/**
 * Lets the configuration file give values to flags that neither the command line nor the environment has. commander calls
 * the hooks when it knows the command: the flags before its mandatory ones are checked, those of every command after.
 *
 * @throws UsageError from the hooks, if the file is missing or has a mistake
 */
export function useConfig(program: Command, environment: NodeJS.ProcessEnv): UsedConfig {
  const used: UsedConfig = { warnings: [], explain: (error) => error };
  let sections = new Map<Command, Section>();
  const read = (command: Command) => {
    const request = requested(program, environment);
    if (request === null || configurable([command]).length === 0 || asksForHelp(program)) return;
    const file = readConfigFile(request.path, request.namedBy);
    sections = checkConfig(file, program, dirname(resolve(request.path)));
    const flags = [...sections.values()].flatMap(({ own, shared }) => [...own, ...shared]);
    used.explain = (error) => withPlace(error, flags, request.path);
    if (file.isReadByOthers && flags.some(({ value }) => hasPassword(value))) {
      used.warnings.push(
        `${request.path} has a password and every account of this machine can read it. Run: chmod o-r ${request.path}`,
      );
    }
  };
  program.hook("preSubcommand", (_, command) => read(command));
  for (const parent of everyCommand(program)) {
    parent.hook("preSubcommand", (_, command) => {
      for (const flag of sections.get(command)?.own ?? []) give(command, flag);
    });
  }
  program.hook("preAction", (_, command) => {
    // The most special section comes last.
    for (const parent of pathTo(command)) {
      for (const flag of sections.get(parent)?.shared ?? []) {
        if (fromEnvironment(flag.option.attributeName(), environment) === undefined) give(program, flag);
      }
    }
  });
  return used;
}

function requested(program: Command, environment: NodeJS.ProcessEnv): { path: string; namedBy: string } | null {
  const { config } = program.opts<GlobalFlags>();
  if (config === false) return null;
  if (config !== undefined) return { path: config, namedBy: "--config" };
  const path = environment[CONFIG_VARIABLE];
  if (path) return { path, namedBy: CONFIG_VARIABLE };
  return existsSync(CONFIG_FILE) ? { path: CONFIG_FILE, namedBy: "The working folder" } : null;
}

/** --help has to work with a file that has a mistake. */
function asksForHelp(program: Command): boolean {
  // commander keeps the arguments, but does not declare them.
  const { rawArgs } = program as Command & { rawArgs: readonly string[] };
  return rawArgs.includes("--help") || rawArgs.includes("-h");
}

/** The command and those that it is in, outermost first. */
function pathTo(command: Command): Command[] {
  return command.parent === null ? [command] : [...pathTo(command.parent), command];
}

function give(command: Command, { option, value }: ConfiguredFlag): void {
  const name = option.attributeName();
  if (command.getOptionValueSource(name) === "cli") return;
  command.setOptionValueWithSource(name, value, SOURCE);
  if (!Array.isArray(value)) return;
  // The first value on the command line replaces those of the file.
  const { parseArg } = option;
  option.argParser((text: string, previous: unknown) => parseArg?.(text, previous === value ? undefined : previous));
}

/** Messages about the value of a flag begin with its name. */
function withPlace(error: unknown, flags: readonly ConfiguredFlag[], path: string): unknown {
  if (!(error instanceof UsageError)) return error;
  const flag = flags.find(({ option }) => error.message.startsWith(`${option.long} `));
  if (flag === undefined) return error;
  return new UsageError(error.message, `${error.hint} ${path} has it as "${flag.key}".`);
}
