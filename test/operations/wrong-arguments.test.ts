/** What the library says to arguments of a wrong form: it names them before it opens the database. */
import { expect, it } from "vitest";
import * as library from "../../src/index.ts";

/** A connection that nothing may use. */
const knex = { client: {}, isTransaction: false } as never;

type Options = Record<string, unknown>;
type Call = (options: Options) => unknown;

/** Every option of an operation; the compiler finds those that are missing. */
type Named<Given> = { readonly [Name in keyof Required<Given>]: unknown };

const [flag, text, number] = ["yes", 7, "7"];
const scope = { kind: "village" };
const point = { time: "2026-12-01" };

const TRANSACTION: Named<Omit<library.HistoryOptions, "limit">> = { schema: 7, lockTimeoutMs: number, signal: {} };
const OPERATION: Named<library.OperationOptions> = {
  ...TRANSACTION,
  curatedFields: "households",
  actor: "a\0b",
  progress: "show",
};
const REQUEST = { scope, archived: flag, changedSince: "2", asOf: point };
const EXPORT: Named<library.ExportOptions> = {
  ...OPERATION,
  ...REQUEST,
  file: text,
  write: "x",
  format: 7,
  overwrite: flag,
  fields: "households",
  ratios: flag,
  hxl: flag,
  bom: flag,
  provenance: flag,
};
const LIST: Named<library.FigureListOptions> = {
  ...OPERATION,
  ...REQUEST,
  fields: [7],
  ratios: flag,
  sort: text,
  limit: 1.5,
};
const COMMUNITY_FILE = {
  file: text,
  table: "x",
  mapping: {},
  ignoreUnknown: flag,
  place: "Damulog",
  allSheets: flag,
  skipTotals: flag,
  notAvailable: "n/a",
};
const IMPORT: Named<library.CommunityImportOptions> = {
  ...OPERATION,
  ...COMMUNITY_FILE,
  acceptFuzzy: 2,
  onConflict: "replace",
  maxErrors: 0,
  createEmpty: flag,
  rejectsFile: text,
  overwrite: flag,
  otherInputs: "x",
  dryRun: flag,
  skipInvalid: flag,
  sync: flag,
  blank: "x",
  archiveMissing: { kind: "municipality" },
  yes: flag,
};
const SYNC: Named<library.SyncOptions> = { ...OPERATION, scope, syncProvincial: flag, repair: flag };
const BULK: Named<library.BulkSyncOptions> = { ...OPERATION, syncProvincial: flag };
const REVERT: Named<library.RevertOptions> = { ...OPERATION, run: "first", dryRun: flag, force: flag };
const MIGRATE: Named<library.MigrateOptions> = { schema: 7, progress: "show", citus: flag };

const file = "list.csv";
const unit = { unit: "Damulog" };

/** A plan is made by a dry run, whatever is asked for. */
const planned = ({ dryRun: _, ...wrong }: Options): Options => wrong;

/** Each operation, and a wrong value of each of its options. */
const CALLS: Record<string, [call: (options: never) => unknown, wrong: Options]> = {
  analyze: [
    (options) => library.analyze(knex, options),
    {
      ...OPERATION,
      scope,
      checks: "all",
      severity: "fatal",
      failOn: "fatal",
      sample: "5",
      maxAgeHours: Number.NaN,
    } satisfies Named<library.AnalyzeOptions>,
  ],
  exportCommunities: [(options) => library.exportCommunities(knex, options), EXPORT],
  exportCoverages: [
    (options) => library.exportCoverages(knex, options),
    { ...EXPORT, level: "barangay", boundaries: text } satisfies Named<library.CoverageExportOptions>,
  ],
  withFigures: [
    (options) => library.withFigures(knex, options, async () => {}),
    { ...OPERATION, ...REQUEST, level: null } satisfies Named<library.FigureOptions>,
  ],
  listCommunities: [(options) => library.listCommunities(knex, options), LIST],
  listCoverages: [
    (options) => library.listCoverages(knex, options),
    { ...LIST, level: 1 } satisfies Named<library.CoverageListOptions>,
  ],
  report: [
    (options) => library.report(knex, options),
    {
      ...OPERATION,
      scope,
      since: null,
      asOf: { run: 0 },
      boundariesFile: {},
      note: 7,
      maxAgeHours: -1,
    } satisfies Named<library.ReportOptions>,
  ],
  importCommunities: [(options: Options) => library.importCommunities(knex, { file, ...options } as never), IMPORT],
  planImport: [(options: Options) => library.planImport(knex, { file, ...options } as never), planned(IMPORT)],
  importGeography: [
    (options) => library.importGeography(knex, options),
    { ...OPERATION, file: text, dryRun: flag } satisfies Named<library.GeographyImportOptions>,
  ],
  inspectFile: [
    (options: Options) => library.inspectFile(null, { file, ...options } as never),
    { ...OPERATION, ...COMMUNITY_FILE, noDatabase: 7 } satisfies Named<library.InspectOptions>,
  ],
  resolveCommunities: [
    (options: Options) => library.resolveCommunities(knex, { file, ...options } as never),
    { ...OPERATION, ...COMMUNITY_FILE, acceptFuzzy: "0.9" } satisfies Named<library.ResolveOptions>,
  ],
  writeTemplate: [
    (options: Options) =>
      library.writeTemplate(knex, { file, scope: { kind: "region", units: ["X"] }, ...options } as never),
    { ...TRANSACTION, file: "", overwrite: flag, scope, withValues: flag } satisfies Named<library.TemplateOptions>,
  ],
  writeEmptyTemplate: [
    (options) => library.writeEmptyTemplate(file, options),
    { overwrite: flag, database: 7 } satisfies Named<library.EmptyTemplateOptions>,
  ],
  migrate: [(options) => library.migrate(knex, options), MIGRATE],
  showMigrations: [(options) => library.showMigrations(knex, options), { schema: 7 }],
  perf: [
    (options) => library.perf(knex, options),
    {
      ...OPERATION,
      runs: 0,
      budget: { maxQueries: "4" },
      outOfDate: flag,
      explain: flag,
      showSql: flag,
    } satisfies Named<library.PerfOptions>,
  ],
  bulkSyncCommunities: [(options) => library.bulkSyncCommunities(knex, ["1"], options), BULK],
  bulkRefreshMunicipalities: [(options) => library.bulkRefreshMunicipalities(knex, ["1"], options), BULK],
  bulkSyncMunicipalities: [(options) => library.bulkSyncMunicipalities(knex, ["1"], options), OPERATION],
  bulkRefreshProvinces: [(options) => library.bulkRefreshProvinces(knex, ["1"], options), OPERATION],
  syncEntireHierarchy: [(options) => library.syncEntireHierarchy(knex, options), { ...BULK, region: 10 }],
  syncChanged: [(options) => library.syncChanged(knex, options), { ...OPERATION, repair: flag }],
  syncForMunicipality: [(options) => library.syncForMunicipality(knex, "1", options), BULK],
  syncForProvince: [(options) => library.syncForProvince(knex, "1", options), OPERATION],
  refreshFromCommunities: [(options) => library.refreshFromCommunities(knex, "1", options), BULK],
  refreshFromMunicipalities: [(options) => library.refreshFromMunicipalities(knex, "1", options), OPERATION],
  createCommunity: [(options) => library.createCommunity(knex, "1", {}, options), OPERATION],
  updateCommunity: [(options) => library.updateCommunity(knex, "1", {}, options), OPERATION],
  archiveCommunity: [(options) => library.archiveCommunity(knex, "1", options), OPERATION],
  restoreCommunity: [(options) => library.restoreCommunity(knex, "1", options), OPERATION],
  removeCommunity: [
    (options) => library.removeCommunity(knex, "1", options),
    { ...OPERATION, confirm: true } satisfies Named<library.RemovalOptions>,
  ],
  showCommunity: [(options) => library.showCommunity(knex, "1", options), OPERATION],
  softDelete: [(options) => library.softDelete(knex, unit, options), OPERATION],
  restore: [(options) => library.restore(knex, unit, options), OPERATION],
  setAutoSync: [(options) => library.setAutoSync(knex, unit, true, options), OPERATION],
  updateCoverage: [(options) => library.updateCoverage(knex, unit, {}, options), OPERATION],
  showCoverage: [(options) => library.showCoverage(knex, unit, options), OPERATION],
  removeBookkeeping: [
    (options) => library.removeBookkeeping(knex, options),
    { progress: "show", confirm: "yes" } satisfies Named<library.BookkeepingRemovalOptions>,
  ],
  apply: [(options) => library.apply(knex, {} as never, options), OPERATION],
  applyPlanFile: [(options) => library.applyPlanFile(knex, "no.json", options), OPERATION],
  savePlan: [
    (options: Options) => library.savePlan(knex, { planFile: "p.json", ...options } as never, null as never),
    { planFile: "", overwrite: flag, inputs: "x" } satisfies Named<library.PlanFileOptions>,
  ],
  history: [(options) => library.history(knex, options), { ...TRANSACTION, limit: 0 }],
  showRun: [(options) => library.showRun(knex, 1, options), TRANSACTION],
  unitHistory: [(options) => library.unitHistory(knex, { community: "1" }, options), { ...TRANSACTION, limit: "1" }],
  pruneHistory: [
    (options: Options) => library.pruneHistory(knex, { before: new Date(), ...options } as never),
    { ...TRANSACTION, before: new Date("x"), dryRun: flag } satisfies Named<library.PruneOptions>,
  ],
  planRevert: [(options: Options) => library.planRevert(knex, { run: 1, ...options } as never), planned(REVERT)],
  revert: [(options: Options) => library.revert(knex, { run: 1, ...options } as never), REVERT],
  status: [
    (options) => library.status(knex, options),
    { ...OPERATION, verify: flag, maxAgeHours: -1 } satisfies Named<library.StatusOptions>,
  ],
  planSync: [(options) => library.planSync(knex, options), SYNC],
  previewSync: [(options) => library.previewSync(knex, options), SYNC],
  sync: [(options) => library.sync(knex, options), SYNC],
  verify: [
    (options) => library.verify(knex, options),
    { ...OPERATION, scope, source: "list.csv" } satisfies Named<library.VerifyOptions>,
  ],
  watch: [
    (options: Options) => library.watch(knex, { signal: AbortSignal.abort(), ...options } as never),
    { ...OPERATION, repair: flag, onEvent: {} } satisfies Named<library.WatchOptions>,
  ],
  renderReport: [(options) => library.renderReport({ command: "report" } as never, options), { language: "tl" }],
};

async function refusalOf(call: () => unknown): Promise<unknown[]> {
  try {
    await call();
  } catch (error) {
    const { name, code, message } = error as library.ObcSyncError;
    return [name, code, message];
  }
  return ["nothing was refused"];
}

const naming = (name: string) => ["UsageError", "USAGE", expect.stringMatching(`^${name}(?!\\w)`)];

it.each(Object.entries(CALLS))("%s names an option of a wrong form", async (_, [operation, wrong]) => {
  const call = operation as Call;
  for (const [name, value] of Object.entries(wrong)) {
    expect(await refusalOf(() => call({ [name]: value }))).toEqual(naming(name));
    const symbol = await refusalOf(() => call({ [name]: Symbol("x") }));
    expect(symbol).toEqual(naming(name));
  }
});

it("every function of the library is called above", () => {
  const others = ["listChecks", "showPlanFile", "statusMetrics"];
  const functions = Object.entries(library).filter(
    ([name, value]) => typeof value === "function" && /^[a-z]/.test(name),
  );
  expect(functions.map(([name]) => name).sort()).toEqual([...Object.keys(CALLS), ...others].sort());
});

it.each<[string, () => unknown]>([
  ["the connection", () => library.sync(undefined as never)],
  ["the connection", () => library.exportCommunities("obc.sqlite3" as never)],
  ["options", () => library.report(knex, null as never)],
  ["options", () => library.importCommunities(knex, undefined as never)],
  ["options", () => library.importGeography(knex, null as never)],
  ["asOf.run", () => library.exportCoverages(knex, { asOf: { run: "2" } as never })],
  ["asOf.time cannot be an invalid Date", () => library.exportCoverages(knex, { asOf: { time: new Date("x") } })],
  ["scope.units", () => library.sync(knex, { scope: { kind: "province" } as never })],
  ["scope.units\\[0\\]", () => library.sync(knex, { scope: { kind: "province", units: [null] } as never })],
  ["source.file", () => library.verify(knex, { source: { file: 1 } as never })],
  ["file", () => library.importCommunities(knex, {} as never)],
  ["barangay", () => library.updateCommunity(knex, 1 as never, {})],
  ["coverage", () => library.showCoverage(knex, "Damulog" as never)],
  ["coverage.unit", () => library.showCoverage(knex, { unit: 1 } as never)],
  ["communities", () => library.bulkSyncCommunities(knex, "1001302001")],
  ["communities\\[0\\]", () => library.bulkSyncCommunities(knex, [1.5])],
  ["municipality", () => library.refreshFromCommunities(knex, null as never)],
  ["file", () => library.showPlanFile(7 as never)],
  ["make", () => library.savePlan(knex, { planFile: "p.json" }, null as never)],
  ["the report", () => library.renderReport(null as never)],
  ["the report", () => library.statusMetrics({} as never)],
])("%s is named where it is none", async (name, call) => {
  expect(await refusalOf(call)).toEqual(naming(name));
});
