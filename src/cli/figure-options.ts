import { type Command, Option } from "commander";
import { UsageError } from "../core/errors.ts";
import { FIGURE_LEVELS } from "../core/figures/figure-row.ts";
import { pointInTime } from "../core/figures/point-in-time.ts";
import { addScopeOptions, type GlobalFlags, type ScopeFlags, scopeRequest, wholeNumber } from "./options.ts";

/** Flags of all commands that show figures row by row. */
export interface FigureFlags extends ScopeFlags {
  fields?: string;
  ratios?: boolean;
  archived?: boolean;
  changedSince?: string;
  asOf?: string;
}

/** --level of coverages. */
export function addLevelOption(command: Command): Command {
  return command.addOption(
    new Option("--level <level>", "level of the coverages; a region is the sum of its provinces")
      .choices([...FIGURE_LEVELS, "all"])
      .default("municipality"),
  );
}

/** The flags that choose rows and columns. */
export function addFigureOptions(command: Command): Command {
  return addScopeOptions(command)
    .option("--fields <list>", "comma-separated figures and texts to have; the names and codes of places stay")
    .option("--ratios", "add household size, share of the barangays' population, women and dependency")
    .option("--archived", "include archived ones")
    .option("--changed-since <date|run>", "only what later runs have changed: a date (UTC), or the number of a run")
    .option("--as-of <date|run>", "figures as they stood at the end of a date (UTC) or of a run");
}

/** The options of operations that show figures. @throws UsageError for an empty list of fields */
export function figureOptions(flags: FigureFlags) {
  const fields = flags.fields?.split(",").map((name) => name.trim());
  if (fields?.includes("")) {
    throw new UsageError("--fields has an empty name", "For example: --fields households,families");
  }
  const { ratios, archived } = flags;
  const point = (text: string | undefined, flag: string, end: "beginning" | "end") =>
    text === undefined ? undefined : pointInTime(text, flag, end);
  const changedSince = point(flags.changedSince, "--changed-since", "beginning");
  return {
    scope: scopeRequest(flags),
    fields,
    ratios,
    archived,
    changedSince,
    asOf: point(flags.asOf, "--as-of", "end"),
  };
}

export interface ListFlags extends FigureFlags {
  sort?: string;
  limit?: string;
}

/** More rows than a person reads; each takes time to draw. */
const DEFAULT_LIMIT = 100;

export function addListOptions(command: Command): Command {
  return addFigureOptions(command)
    .option("--sort <field>", "column to sort by; -field puts the largest first (default: by code)")
    .option("--limit <n|all>", `number of rows (default: ${DEFAULT_LIMIT}; all with --json)`);
}

/** @throws UsageError if the limit is no number */
export function listOptions(flags: ListFlags & Pick<GlobalFlags, "json">) {
  const { sort, limit = flags.json ? "all" : String(DEFAULT_LIMIT) } = flags;
  const rows = limit === "all" ? undefined : wholeNumber("--limit", limit, 1);
  return { ...figureOptions(flags), sort, limit: rows };
}
