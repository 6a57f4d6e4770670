import type { Argument, Command, Option } from "commander";
import { FIELDS } from "../../core/fields.ts";
import type { CommandNode, FlagNode, Suggestion } from "../completion/command-node.ts";
import { valueName } from "../config/flag-value.ts";
import { ListOption } from "../options.ts";

/** What completion needs of the program, so that it need not load it. */
export function commandTree(command: Command): CommandNode {
  const group = command.parent?.name() ?? "";
  return {
    name: command.name(),
    description: command.description(),
    flags: command.options.map(flagNode),
    arguments: command.registeredArguments.map((argument) => suggestionOf(argument.name(), argument.argChoices, group)),
    isVariadic: command.registeredArguments.at(-1)?.variadic ?? false,
    commands: command.commands.map(commandTree),
  };
}

function flagNode(option: Option): FlagNode {
  const { long, description, required, optional, argChoices } = option;
  const name = long?.replace(/^--/, "") ?? "";
  return {
    flag: long ?? "",
    description,
    value: required || optional ? (OF_FLAG[name] ?? suggestionOf(valueName(option), argChoices, "")) : null,
    isOptional: optional,
    isList: option instanceof ListOption,
  };
}

const fields: Suggestion = { kind: "list", choices: FIELDS };

/** Flags whose values the name of the value does not tell. */
const OF_FLAG: Readonly<Record<string, Suggestion>> = {
  region: { kind: "region" },
  province: { kind: "province" },
  municipality: { kind: "municipality" },
  community: { kind: "community" },
  coverage: { kind: "coverage" },
  schema: { kind: "choices", choices: ["native", "obcms"] },
  fields,
  curated: fields,
};

/** @param name of the value or the argument in --help @param group the command that this one is in */
function suggestionOf(name: string, choices: Argument["argChoices"], group: string): Suggestion {
  if (choices !== undefined) return { kind: "choices", choices };
  if (name === "file" || name === "path|url") return { kind: "file" };
  if (name === "field=value") return { kind: "assignment", choices: FIELDS };
  if (name === "code" && (group === "community" || group === "coverage")) return { kind: group };
  return { kind: "anything" };
}
