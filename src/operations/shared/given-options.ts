import { SEVERITIES } from "../../core/diagnosis/analysis.ts";
import { FIGURE_LEVELS } from "../../core/figures/figure-row.ts";
import { LEVELS } from "../../core/sync/level.ts";
import { UNIT_SCOPES } from "../../core/sync/scope.ts";
import { DELIMITERS } from "../../files/table-row.ts";
import { ENCODINGS } from "../../files/text/text-decoder.ts";
import {
  flagGiven,
  functionGiven,
  type Given,
  isObject,
  listGiven,
  nullOr,
  numberGiven,
  objectGiven,
  oneOfGiven,
  pathGiven,
  refuseArgument,
  signalGiven,
  textGiven,
  timeGiven,
  wholeNumberGiven,
} from "./given-arguments.ts";

/** The units of a request, see ScopeRequest. */
export const scopeGiven: Given = (name, value) => {
  const hint = 'Give { kind: "all" }, { kind: "changed" } or, for example, { kind: "province", units: ["Bukidnon"] }.';
  if (!isObject(value)) refuseArgument(name, value, hint);
  const { kind, units } = value;
  if (kind === "all" || kind === "changed") return;
  if (!UNIT_SCOPES.some((known) => known === kind)) refuseArgument(`${name}.kind`, kind, hint);
  listGiven(textGiven)(`${name}.units`, units);
};

/** A run or a time, see PointInTime. */
const pointGiven: Given = (name, value) => {
  if (isObject(value) && "run" in value) wholeNumberGiven(`${name}.run`, value.run);
  else if (isObject(value) && "time" in value) timeGiven(`${name}.time`, value.time);
  else refuseArgument(name, value, 'Give { run: 7 } or { time: new Date("2026-11-30") }.');
};

const mappingGiven: Given = (name, value) => {
  if (!(value instanceof Map)) refuseArgument(name, value, 'Give a Map, for example: new Map([["HH", "households"]]).');
};

const schemaGiven: Given = (name, value) => {
  if (typeof value !== "string" && !(isObject(value) && isObject(value.tables))) {
    refuseArgument(name, value, 'Give the name of a schema, "native" or "obcms", or a schema of your own.');
  }
};

const FILE_OF_COMMUNITIES = {
  table: objectGiven(
    {
      encoding: nullOr(oneOfGiven(Object.keys(ENCODINGS))),
      delimiter: nullOr(oneOfGiven(DELIMITERS)),
      sheet: nullOr(textGiven),
    },
    "Give { encoding, delimiter, sheet }, each a string or null.",
  ),
  mapping: mappingGiven,
  ignoreUnknown: flagGiven,
  place: objectGiven(
    Object.fromEntries(UNIT_SCOPES.map((level) => [level, textGiven])),
    'Give names of units, for example { municipality: "Damulog" }.',
  ),
  allSheets: flagGiven,
  skipTotals: flagGiven,
  notAvailable: listGiven(textGiven),
};

/** What every option takes. One name means the same in every operation. */
const OPTIONS: Readonly<Record<string, Given>> = {
  schema: schemaGiven,
  lockTimeoutMs: numberGiven(0),
  signal: signalGiven,
  curatedFields: listGiven(textGiven),
  actor: textGiven,
  progress: functionGiven,
  scope: scopeGiven,
  archived: flagGiven,
  changedSince: pointGiven,
  since: pointGiven,
  asOf: pointGiven,
  level: oneOfGiven([...FIGURE_LEVELS, "all", "community"]),
  file: pathGiven,
  write: functionGiven,
  format: textGiven,
  overwrite: flagGiven,
  fields: listGiven(textGiven),
  ratios: flagGiven,
  hxl: flagGiven,
  bom: flagGiven,
  provenance: flagGiven,
  boundaries: pathGiven,
  boundariesFile: pathGiven,
  note: textGiven,
  sort: textGiven,
  limit: wholeNumberGiven,
  checks: listGiven(textGiven),
  severity: oneOfGiven(SEVERITIES),
  failOn: oneOfGiven([...SEVERITIES, "never"]),
  sample: numberGiven(0),
  maxAgeHours: numberGiven(0),
  ...FILE_OF_COMMUNITIES,
  source: nullOr(
    objectGiven(
      { ...FILE_OF_COMMUNITIES, file: pathGiven },
      'Give a file to compare with, for example { file: "list.csv" }.',
    ),
  ),
  acceptFuzzy: nullOr(numberGiven(0, 1)),
  onConflict: oneOfGiven(["update", "skip", "error"]),
  maxErrors: nullOr(wholeNumberGiven),
  createEmpty: flagGiven,
  rejectsFile: nullOr(pathGiven),
  otherInputs: listGiven(pathGiven),
  dryRun: flagGiven,
  skipInvalid: flagGiven,
  sync: flagGiven,
  blank: oneOfGiven(["keep", "clear"]),
  archiveMissing: nullOr(scopeGiven),
  yes: flagGiven,
  citus: flagGiven,
  noDatabase: textGiven,
  withValues: flagGiven,
  database: textGiven,
  runs: wholeNumberGiven,
  budget: objectGiven(
    { maxQueries: numberGiven(0), maxMs: nullOr(numberGiven(0)) },
    "Give { maxQueries: 4, maxMs: null }.",
  ),
  outOfDate: flagGiven,
  explain: flagGiven,
  showSql: flagGiven,
  syncProvincial: flagGiven,
  region: textGiven,
  repair: flagGiven,
  verify: flagGiven,
  confirm: functionGiven,
  before: timeGiven,
  planFile: pathGiven,
  inputs: listGiven(pathGiven),
  force: flagGiven,
  onEvent: functionGiven,
};

/**
 * Checks the options that a program passes to an operation, before it does anything.
 *
 * @throws UsageError naming the first option that is none, and its value
 */
export function optionsGiven(options: object): void {
  if (!isObject(options)) refuseArgument("options", options, "Give an object of options.");
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && Object.hasOwn(OPTIONS, name)) OPTIONS[name]?.(name, value);
  }
}

/** The same, and the connection. @throws UsageError if it is not of Knex */
export function callGiven(connection: unknown, options: object): void {
  connectionGiven(connection);
  optionsGiven(options);
}

function connectionGiven(connection: unknown): void {
  const { client } = (connection ?? {}) as { client?: unknown };
  if (!isObject(client)) refuseArgument("the connection", connection, "Give a Knex instance, or a transaction of one.");
}

/** A coverage, see CoverageUnit. */
export const coverageGiven = objectGiven(
  { unit: textGiven, level: oneOfGiven(LEVELS) },
  'Give { unit: "Damulog" }, with the level where units of both levels have the name.',
);
