import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { parseDecimal } from "../core/decimal-number.ts";
import { UsageError } from "../core/errors.ts";
import { type ScopeRequest, UNIT_SCOPES } from "../core/sync/scope.ts";

/** Flags of every command; they may precede or follow its name. */
export interface GlobalFlags {
  database?: string;
  json?: boolean;
  quiet?: boolean;
  color: boolean;
  pager: boolean;
  lockTimeout?: string;
  curated?: string;
  schema?: string;
  actor?: string;
  config?: string | false;
}

export function addGlobalOptions(program: Command): Command {
  return program
    .option(
      "--database <path|url>",
      "SQLite file or postgres:// URL (default: $OBC_SYNC_DATABASE, $DATABASE_URL or ./obc.sqlite3)",
    )
    .option("--json", "print one JSON document, and nothing else, on stdout")
    .option("--quiet", "print only findings and errors")
    .option("--no-color", "print without colours (NO_COLOR counts too)")
    .option("--no-pager", "print long text straight to the terminal, not through $PAGER (default: less -FIRX)")
    .option("--lock-timeout <seconds>", "how long to wait for another run (default: $OBC_SYNC_LOCK_TIMEOUT or 10)")
    .option(
      "--schema <native|obcms>",
      "whose tables the database has (default: $OBC_SYNC_SCHEMA, or those that it was set up for)",
    )
    .option("--actor <name>", "who runs the command, for the history (default: $OBC_SYNC_ACTOR or user@host)")
    .option("--curated <fields>", "comma-separated fields that sync never writes (default: $OBC_SYNC_CURATED_FIELDS)")
    .option(
      "--config <file>",
      "file with values for any of these flags (default: $OBC_SYNC_CONFIG or ./obc-sync.config.json)",
    )
    .option("--no-config", "read no such file");
}

export type ScopeFlags = { [Kind in (typeof UNIT_SCOPES)[number]]?: string[] };

/** A flag that may be given more than once. */
export class ListOption extends Option {
  /** @param check throws InvalidArgumentError for a value that cannot be right */
  constructor(flags: string, description: string, check: (value: string) => void = () => {}) {
    super(flags, `${description}; may be given more than once`);
    this.argParser((value: string, previous: string[] = []) => {
      check(value);
      return [...previous, value];
    });
  }
}

/** --region, --province and --municipality. */
export function addScopeOptions(command: Command): Command {
  for (const kind of UNIT_SCOPES) {
    const check = (value: string) => {
      if (value.trim() === "") throw new InvalidArgumentError(`Give the code or the name of a ${kind}.`);
    };
    command.addOption(new ListOption(`--${kind} <code|name>`, `only this ${kind}`, check));
  }
  return command;
}

/** @throws UsageError if units of different kinds are given */
export function scopeRequest(flags: ScopeFlags): ScopeRequest {
  const given = UNIT_SCOPES.filter((kind) => flags[kind] !== undefined);
  const kind = given[0];
  if (kind === undefined) return { kind: "all" };
  if (given.length > 1) {
    throw new UsageError(
      `${given.map((name) => `--${name}`).join(" and ")} cannot be combined`,
      `Run the command once for each, or use --${kind} more than once.`,
    );
  }
  return { kind, units: flags[kind] as string[] };
}

/** @throws UsageError if the text is not a whole number, or less than `least` */
export function wholeNumber(flag: string, text: string, least: number): number {
  const value = parseDecimal(text);
  if (value !== null && Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError(`${flag} "${text}" is not a whole number of ${least} or more`, `For example: ${flag} 5`);
}

/** The flag --plan-out, of every command that can save its dry run as a plan. */
export const PLAN_OUT = new Option(
  "--plan-out <file>",
  "as --dry-run, and save the plan: obc-sync apply does exactly that later, or refuses",
);

export interface PlanFlags {
  planOut?: string | undefined;
  overwrite?: boolean | undefined;
}

/** @throws UsageError if the name of the plan is empty, that of another output, or missing where only it can be replaced */
export function checkPlanFlags(
  { planOut, overwrite }: PlanFlags,
  otherOutputs: Record<string, string | undefined>,
): void {
  if (planOut?.trim() === "") throw new UsageError("--plan-out needs a file", "For example: --plan-out plan.json");
  const others = Object.entries(otherOutputs).filter(([, file]) => file !== undefined);
  const same = others.find(([, file]) => planOut !== undefined && resolve(String(file)) === resolve(planOut));
  if (same !== undefined) {
    throw new UsageError(`--plan-out and ${same[0]} are the same file`, "Give each a file of its own.");
  }
  if (overwrite && planOut === undefined && others.length === 0) {
    const flags = ["--plan-out", ...Object.keys(otherOutputs)].join(" or ");
    throw new UsageError("--overwrite has nothing to replace", `Add ${flags}, or omit --overwrite.`);
  }
}

/** The flag --report, of every command whose result can be a page as well. */
export const REPORT_PAGE = new Option("--report <file>", "also write the result as a page of HTML");
