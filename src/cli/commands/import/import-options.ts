import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { parseDecimal } from "../../../core/decimal-number.ts";
import { UsageError } from "../../../core/errors.ts";
import type { CommunityImportOptions } from "../../../operations/import/communities/import-options.ts";
import {
  addScopeOptions,
  PLAN_OUT,
  type PlanFlags,
  REPORT_PAGE,
  type ScopeFlags,
  scopeRequest,
  wholeNumber,
} from "../../options.ts";
import type { PageRequest } from "../../page-file.ts";
import { addFileOptions, type FileFlags } from "./file-options.ts";

export type ImportFlags = FileFlags &
  ScopeFlags &
  PlanFlags & {
    dryRun?: boolean;
    resolveOnly?: boolean;
    listColumns?: boolean;
    template?: string;
    withValues?: boolean;
    acceptFuzzy?: true | string;
    sync: boolean;
    details?: boolean;
    skipInvalid?: boolean;
    rejects?: string;
    report?: string;
    maxErrors?: string;
    onConflict: CommunityImportOptions["onConflict"];
    blank: CommunityImportOptions["blank"];
    createEmpty?: boolean;
    archiveMissing?: boolean;
    yes?: boolean;
  };

const FUZZY_DEFAULT = 0.85;

export function addImportOptions(command: Command): Command {
  command
    .option("--dry-run", "show what would change; write nothing")
    .addOption(PLAN_OUT)
    .option("--details", "list every changed field")
    .option("--resolve-only", "show the barangay of each row; write nothing")
    .option("--list-columns", "list the columns that a file may have, and the headings that are read as them")
    .option("--interactive", "ask for each unknown heading on the terminal; can save the answers for --mapping")
    .option("--template <file>", "write a .csv or .xlsx to fill in, with the barangays of the units given")
    .option("--with-values", "fill what is stored into the template, to be corrected");
  addFileOptions(command)
    .option(
      "--accept-fuzzy [threshold]",
      `accept misspelled names of at least this similarity, 0 to 1 (${FUZZY_DEFAULT} if not given); each is listed`,
    )
    .option("--skip-invalid", "import the good rows even if others are bad")
    .option("--rejects <file>", "write the bad rows to a .csv or .xlsx file, to fix and import again")
    .addOption(REPORT_PAGE)
    .option("--overwrite", "let --rejects, --template, --plan-out or --report replace a file")
    .option("--max-errors <n>", "stop reading after this many bad rows")
    .addOption(
      new Option("--on-conflict <how>", "what to do with communities that already exist")
        .choices(["update", "skip", "error"])
        .default("update"),
    )
    .addOption(
      new Option("--blank <how>", "whether an empty cell keeps or clears the stored value")
        .choices(["keep", "clear"])
        .default("keep"),
    )
    .option("--create-empty", "also create communities from rows that have a barangay but no value")
    .option("--archive-missing", "archive communities of the units given that are missing from the file")
    .option("--yes", "archive them even if they are more than 20 % of the communities")
    .option("--no-sync", "do not recalculate coverages");
  return addScopeOptions(command);
}

/** @throws UsageError if a flag has an invalid value */
export function importOptions(file: string, flags: ImportFlags): Omit<CommunityImportOptions, "table" | "mapping"> {
  const scope = scopeRequest(flags);
  if (scope.kind !== "all" && !flags.archiveMissing) {
    throw new UsageError(
      `--${scope.kind} requires --archive-missing or --template`,
      `Remove --${scope.kind}: an import takes the units from the file.`,
    );
  }
  return {
    file,
    dryRun: flags.dryRun ?? false,
    skipInvalid: flags.skipInvalid ?? false,
    ignoreUnknown: flags.ignoreUnknown ?? false,
    acceptFuzzy: thresholdOf(flags.acceptFuzzy),
    rejectsFile: flags.rejects ?? null,
    overwrite: flags.overwrite ?? false,
    otherInputs: flags.mapping === undefined ? [] : [flags.mapping],
    maxErrors: flags.maxErrors === undefined ? null : wholeNumber("--max-errors", flags.maxErrors, 1),
    onConflict: flags.onConflict,
    blank: flags.blank,
    createEmpty: flags.createEmpty ?? false,
    archiveMissing: flags.archiveMissing ? scope : null,
    yes: flags.yes ?? false,
    sync: flags.sync,
  };
}

/** @throws UsageError if another output has the same file, or there is nothing to make a page of */
export function importPageRequest(
  file: string,
  { report, resolveOnly, rejects, planOut, mapping, overwrite }: ImportFlags,
): PageRequest | null {
  if (report === undefined) return null;
  if (resolveOnly) {
    throw new UsageError("--report cannot be combined with --resolve-only", "Use --dry-run --report FILE instead.");
  }
  const other = Object.entries({ "--rejects": rejects, "--plan-out": planOut }).find(
    ([, path]) => path !== undefined && resolve(path) === resolve(report),
  );
  if (other !== undefined) {
    throw new UsageError(`--report and ${other[0]} are the same file`, "Give each a file of its own.");
  }
  const inputs = mapping === undefined ? [file] : [file, mapping];
  return { path: report, flag: "--report", overwrite: overwrite ?? false, inputs };
}

function thresholdOf(text: true | string | undefined): number | null {
  if (text === undefined) return null;
  if (text === true) return FUZZY_DEFAULT;
  const threshold = parseDecimal(text);
  if (threshold !== null && threshold > 0 && threshold <= 1) return threshold;
  throw new UsageError(`--accept-fuzzy "${text}" is not a number from 0 to 1`, "For example: --accept-fuzzy 0.9");
}
