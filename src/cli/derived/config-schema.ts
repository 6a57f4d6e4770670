import type { Command, Option } from "commander";
import { configurable, type FlagType, flagName, flagsOf, flagType } from "../config/flag-value.ts";

type Schema = Record<string, unknown>;

/** The JSON schema of obc-sync.config.json, for editors: the flags of the program as properties, its commands as objects. */
export function configSchema(program: Command): Schema {
  const shared = [...flagsOf(program).values()];
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "obc-sync.config.json",
    description:
      "Values for flags of obc-sync. A flag on the command line comes first, then the environment, then this.",
    ...section(
      program,
      [{ $schema: { type: "string" } }, ...shared.map((option) => ({ [flagName(option)]: schemaOf(option) }))],
      shared,
    ),
  };
}

/** @param own the properties that are not those of subcommands */
function section(command: Command, own: Schema[], shared: readonly Option[]): Schema {
  const below = configurable(command.commands).map((subcommand) => {
    const flags = [...flagsOf(subcommand).values()];
    const names = new Set(flags.map(flagName));
    const all = [
      ...flags.map((option) => ({ [flagName(option)]: schemaOf(option) })),
      ...shared
        .filter((option) => !names.has(flagName(option)))
        .map((option) => ({ [flagName(option)]: { $ref: `#/properties/${flagName(option)}` } })),
    ];
    return { [subcommand.name()]: { description: subcommand.description(), ...section(subcommand, all, shared) } };
  });
  return { type: "object", additionalProperties: false, properties: Object.assign({}, ...own, ...below) };
}

const TYPES: Readonly<Record<FlagType, Schema>> = {
  boolean: { type: "boolean" },
  text: { type: "string" },
  number: { type: "number" },
  "number or text": { type: ["number", "string"] },
  list: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
  "text or true": { anyOf: [{ type: ["number", "string"] }, { const: true }] },
};

function schemaOf(option: Option): Schema {
  const { description, argChoices } = option;
  return { description, ...TYPES[flagType(option)], ...(argChoices && { enum: argChoices }) };
}
