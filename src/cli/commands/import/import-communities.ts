import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { parseDecimal } from "../../../core/decimal-number.ts";
import { UsageError } from "../../../core/errors.ts";
import { type ColumnMapping, columnGiven, readColumnMapping } from "../../../core/headings/import-columns.ts";
import { UNIT_COLUMNS, type UnitNames } from "../../../core/headings/unit-headings.ts";
import { NOT_AVAILABLE } from "../../../core/rows/import-row.ts";
import { DELIMITERS, type Delimiter } from "../../../files/table-row.ts";
import { ENCODINGS, type Encoding } from "../../../files/text/text-decoder.ts";
import type { CommunityImportOptions } from "../../../operations/import/import-communities.ts";
import { type CommandContext, onDatabase } from "../../context.ts";
import { type Ask, examples } from "../../invocation.ts";
import {
  addScopeOptions,
  ListOption,
  PLAN_OUT,
  type PlanFlags,
  REPORT_PAGE,
  type ScopeFlags,
  scopeRequest,
  wholeNumber,
} from "../../options.ts";
import { type PageRequest, withPage } from "../../page-file.ts";

/** Flags for reading a file of communities, shared by import and verify --source. */
export interface FileFlags {
  sheet?: string;
  allSheets?: boolean;
  encoding?: Encoding;
  delimiter?: string;
  map?: string[];
  mapping?: string;
  ignoreUnknown?: boolean;
  set?: string[];
  skipTotals: boolean;
  na?: string;
  interactive?: boolean;
}

type ImportFlags = FileFlags &
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

export function addFileOptions(command: Command): Command {
  return command
    .option("--sheet <name>", "sheet of a workbook, in any case (default: the first visible sheet)")
    .option("--all-sheets", "read all visible sheets; each name may be that of a municipality or province")
    .addOption(
      new Option(
        "--encoding <name>",
        "encoding of a text file (default: as its byte order mark says, else UTF-8)",
      ).choices(Object.keys(ENCODINGS)),
    )
    .option("--delimiter <mark>", "delimiter of a text file: , ; | or tab (default: detected)")
    .addOption(new ListOption("--map <column=field>", "import a column of the file as this field"))
    .option("--mapping <file>", 'JSON file of such mappings: {"Their Column": "field"}')
    .option("--ignore-unknown", "ignore unknown columns; they are listed")
    .addOption(
      new ListOption(
        "--set <level=name>",
        "region, province or municipality of all rows, where the file has no column",
      ),
    )
    .option("--no-skip-totals", "reject totals, notes and rows without a barangay instead of passing them over")
    .option("--na <texts>", `comma-separated texts that mean an empty figure (default: "${NOT_AVAILABLE.join(",")}")`);
}

export function addImportCommunitiesCommand(group: Command, ask: Ask): void {
  const command = group
    .command("communities")
    .description("import communities by barangay code or names and recalculate their coverages, all or nothing")
    .argument(
      "[file]",
      ".csv, .tsv, .xlsx, .ods, .xls, .ndjson or .jsonl; text files also as .gz; - for standard input",
    )
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
  addScopeOptions(command)
    .addHelpText(
      "after",
      examples(
        "obc-sync import communities communities.csv --dry-run",
        "obc-sync import communities communities.csv --plan-out plan.json",
        'obc-sync import communities survey.xlsx --sheet "Region IX" --map "Muslim HH=households"',
        "obc-sync import communities survey.xlsx --resolve-only",
        "obc-sync import communities survey.csv --skip-invalid --rejects bad.csv",
        "obc-sync import communities --template region-9.xlsx --region 9",
        "obc-sync import communities --template baungon.xlsx --municipality Baungon --with-values",
      ),
    )
    .action(
      ask<ImportFlags>((flags, [file]) => {
        if (flags.template !== undefined) {
          const { template, overwrite, withValues = false } = flags;
          const scope = scopeRequest(flags);
          if (withValues && scope.kind === "all") {
            throw new UsageError(
              "--with-values needs a region, province or municipality",
              "For example: --template region-9.xlsx --region 9 --with-values",
            );
          }
          return {
            run: async (context) => {
              const { writeEmptyTemplate, writeTemplate } = await import("../../../operations/import/template.ts");
              if (scope.kind === "all") {
                return writeEmptyTemplate(template, { overwrite, database: context.settings.database });
              }
              return onDatabase(context, "read", (knex, common) =>
                writeTemplate(knex, { ...common, file: template, scope, overwrite, withValues }),
              );
            },
          };
        }
        if (flags.withValues) throw new UsageError("--with-values needs --template", "Add --template FILE.xlsx.");
        if (flags.listColumns) {
          return {
            run: async () => {
              const { knownColumns } = await import("../../../core/headings/heading-table.ts");
              return { command: "columns", columns: knownColumns() };
            },
          };
        }
        if (file === undefined) {
          throw new UsageError(
            "missing required argument 'file'",
            "For example: obc-sync import communities communities.csv",
          );
        }
        const options = importOptions(file, flags);
        const page = importPageRequest(file, flags);
        return {
          details: flags.details ?? false,
          run: async (context) => {
            const fileGiven = await fileOptions(file, flags);
            const fileAsked = flags.interactive ? await withAnswers(fileGiven, context) : fileGiven;
            if (flags.resolveOnly) {
              const { resolveCommunities } = await import("../../../operations/import/resolve.ts");
              return onDatabase(context, "read", (knex, common) =>
                resolveCommunities(knex, { ...common, ...options, ...fileAsked }),
              );
            }
            const { importCommunities, planImport } = await import("../../../operations/import/import-communities.ts");
            const { planOut: planFile, overwrite } = flags;
            const savePlan = planFile && (await import("../../../operations/runs/plan-file.ts")).savePlan;
            const work = () =>
              onDatabase(context, "write", (knex, common) => {
                const all = { ...common, ...options, ...fileAsked };
                if (!savePlan) return importCommunities(knex, all);
                return savePlan(knex, { planFile, overwrite, inputs: [file] }, () => planImport(knex, all));
              });
            return withPage(page, context, work, async (report) => {
              const { importPage } = await import("../../../render/html/result/import-page.ts");
              return importPage(report);
            });
          },
        };
      }),
    );
}

type FileOptions = Awaited<ReturnType<typeof fileOptions>>;

/** The options with a mapping of the unknown headings too, as the user answers (--interactive). */
async function withAnswers(options: FileOptions, context: CommandContext): Promise<FileOptions> {
  const { isPipe, STANDARD_INPUT } = await import("../../../files/open-file.ts");
  const { file } = options;
  if (file === STANDARD_INPUT || isPipe(file)) {
    throw new UsageError("--interactive needs a file that can be read twice", "Save it, and import that file.");
  }
  const { findUnknownHeadings, saveMapping } = await import("../../../operations/import/unknown-headings.ts");
  const { askHeadings } = await import("../../terminal/ask-headings.ts");
  const answers = await askHeadings(await findUnknownHeadings(options), context);
  if (answers.length === 0) return options;
  const path = (await context.ask("Save these answers for --mapping? File name, or Enter not to: ")) ?? "";
  if (path !== "") await saveMapping(path, answers, { imported: file, database: context.settings.database });
  return { ...options, mapping: new Map([...options.mapping, ...readColumnMapping(answers)]) };
}

/** @throws UsageError if another output has the same file, or there is nothing to make a page of */
function importPageRequest(
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

/** @throws UsageError if a flag has an invalid value */
export async function fileOptions(file: string, flags: FileFlags) {
  if (flags.allSheets && (flags.sheet !== undefined || flags.interactive)) {
    const other = flags.sheet === undefined ? "--interactive" : "--sheet";
    throw new UsageError(`--all-sheets and ${other} cannot be combined`, "Give one of them.");
  }
  return {
    file,
    table: {
      sheet: flags.sheet ?? null,
      encoding: flags.encoding ?? null,
      delimiter: flags.delimiter === undefined ? null : delimiterOf(flags.delimiter),
    },
    mapping: await mappingOf(flags),
    ignoreUnknown: flags.ignoreUnknown ?? false,
    allSheets: flags.allSheets ?? false,
    place: placeOf(flags.set ?? []),
    skipTotals: flags.skipTotals,
    notAvailable: flags.na?.split(","),
  };
}

async function mappingOf({ map = [], mapping }: FileFlags): Promise<ColumnMapping> {
  const { readMappingFile } = await import("../../../files/mapping-file.ts");
  const fromFile = mapping === undefined ? [] : readMappingFile(mapping);
  const pairs = map.map((pair): [string, string] => {
    const at = pair.lastIndexOf("=");
    if (at < 1) {
      throw new UsageError(
        `--map "${pair}" is not of the form column=field`,
        'Give the column and the field: --map "Their Column=households"',
      );
    }
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return new Map([...readColumnMapping(fromFile, { optional: true }), ...readColumnMapping(pairs)]);
}

function importOptions(file: string, flags: ImportFlags): Omit<CommunityImportOptions, "table" | "mapping"> {
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

/** @throws UsageError if a pair is not of the form level=name, or a level is given twice */
function placeOf(pairs: readonly string[]): UnitNames {
  const place: UnitNames = {};
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const [level, name] = [pair.slice(0, at), pair.slice(at + 1).trim()];
    const column = UNIT_COLUMNS.find((unit) => unit === columnGiven(level));
    if (at < 1 || column === undefined || name === "") {
      throw new UsageError(
        `--set "${pair}" is not of the form region=name, province=name or municipality=name`,
        'For example: --set municipality="Damulog" --set province="Bukidnon"',
      );
    }
    if (place[column] !== undefined) throw new UsageError(`--set ${column} is given more than once`, "Give it once.");
    place[column] = name;
  }
  return place;
}

function delimiterOf(text: string): Delimiter {
  const mark = /^(tab|\\t)$/i.test(text) ? "\t" : text;
  const delimiter = DELIMITERS.find((known) => known === mark);
  if (delimiter !== undefined) return delimiter;
  throw new UsageError(`--delimiter "${text}" is not supported`, "Give , ; | or tab.");
}

function thresholdOf(text: true | string | undefined): number | null {
  if (text === undefined) return null;
  if (text === true) return FUZZY_DEFAULT;
  const threshold = parseDecimal(text);
  if (threshold !== null && threshold > 0 && threshold <= 1) return threshold;
  throw new UsageError(`--accept-fuzzy "${text}" is not a number from 0 to 1`, "For example: --accept-fuzzy 0.9");
}
