import { type Command, Option } from "commander";
import { UsageError } from "../../../core/errors.ts";
import { type ColumnMapping, columnGiven, readColumnMapping } from "../../../core/headings/import-columns.ts";
import { UNIT_COLUMNS, type UnitNames } from "../../../core/headings/unit-headings.ts";
import { NOT_AVAILABLE } from "../../../core/rows/import-row.ts";
import { DELIMITERS, type Delimiter } from "../../../files/table-row.ts";
import { ENCODINGS, type Encoding } from "../../../files/text/text-decoder.ts";
import { ListOption } from "../../options.ts";

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

/** @throws UsageError if a flag has an invalid value */
export async function fileOptions(file: string, flags: FileFlags) {
  if (flags.allSheets && flags.sheet !== undefined) {
    throw new UsageError("--all-sheets and --sheet cannot be combined", "Give one of them.");
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

export type FileOptions = Awaited<ReturnType<typeof fileOptions>>;

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
