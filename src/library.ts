import type { CommunityAction, CommunityValues } from "./core/community.ts";
import type { CoverageAction } from "./core/coverage.ts";
import { UsageError } from "./core/errors.ts";
import { FIELDS, type Field } from "./core/fields.ts";
import type { Scope, ScopeRequest } from "./core/scope.ts";
import type { CoverageValue, Level, SyncPlan } from "./core/sync-plan.ts";
import { readCoverage } from "./db/coverage-reader.ts";
import { type CommunityReference, readLevelUnits, readScope, readScopeOfCommunities } from "./db/scope-reader.ts";
import { type CommunityOutcome, changeCommunity } from "./operations/community.ts";
import {
  type Connection,
  type TransactionOptions,
  withRecordTransaction,
  withSyncTransaction,
} from "./operations/connection.ts";
import { type CoverageOutcome, changeCoverage, findUnit, requireCoverage, scopeOf } from "./operations/coverage.ts";
import { syncInTransaction } from "./operations/sync.ts";

/** How a library call runs. */
export interface SyncOptions extends TransactionOptions {
  /** Fields that a person keeps and sync never writes; none by default. */
  curatedFields?: readonly Field[];
  /** Whether province coverages follow; true by default. */
  syncProvincial?: boolean;
}

/** How many coverages were looked at and are right now, changed or not. */
export interface SyncStatistics {
  municipalitiesSynced: number;
  provincesSynced: number;
}

/**
 * Syncs the municipality and province coverages above the communities given, in one transaction.
 *
 * @param communities barangay codes (ten digits) or barangay ids
 * @throws UnitError where a code or id is unknown; LockHeldError where another sync does not finish in time
 */
export async function bulkSyncCommunities(
  connection: Connection,
  communities: Iterable<CommunityReference>,
  options: SyncOptions = {},
): Promise<SyncStatistics & { communitiesProcessed: number }> {
  const references = [...communities];
  const plan = await withSyncTransaction(connection, options, async (transaction, dialect) => {
    const scope = await readScopeOfCommunities(transaction, dialect, references);
    return syncInTransaction(transaction, dialect, { scope, ...requested(options) }, "bulkSyncCommunities");
  });
  return { ...statistics(plan), communitiesProcessed: references.length };
}

/**
 * Syncs the coverages of the municipalities given and, unless syncProvincial is false, of the provinces above them.
 *
 * @param municipalities PSGC codes or unambiguous names
 */
export async function bulkRefreshMunicipalities(
  connection: Connection,
  municipalities: Iterable<string>,
  options: SyncOptions = {},
): Promise<SyncStatistics> {
  const units = [...municipalities];
  return statistics(await sync(connection, { kind: "municipality", units }, options, "bulkRefreshMunicipalities"));
}

/**
 * Refreshes province coverages from the municipality coverages beneath them, as these are stored.
 *
 * @param provinces PSGC codes or unambiguous names
 */
export async function bulkRefreshProvinces(
  connection: Connection,
  provinces: Iterable<string>,
  options: SyncOptions = {},
): Promise<{ provincesSynced: number }> {
  const names = [...provinces];
  const plan = await withSyncTransaction(connection, options, async (transaction, dialect) => {
    const units = await readLevelUnits(transaction, names, ["province"]);
    const scope: Scope = {
      kind: "province",
      units: units.map(({ code }) => code),
      municipalityIds: [],
      provinceIds: units.map(({ provinceId }) => provinceId),
    };
    return syncInTransaction(transaction, dialect, { scope, ...requested(options) }, "bulkRefreshProvinces");
  });
  return { provincesSynced: statistics(plan).provincesSynced };
}

/**
 * Syncs every municipality and province of a region, or of the country.
 *
 * @param region PSGC code ("12" or "1200000000") or name; everything where it is left out
 * @returns with the name of the region, null for the country
 */
export async function syncEntireHierarchy(
  connection: Connection,
  { region, ...options }: SyncOptions & { region?: string } = {},
): Promise<SyncStatistics & { region: string | null }> {
  return withSyncTransaction(connection, options, async (transaction, dialect) => {
    const request: ScopeRequest = region === undefined ? { kind: "all" } : { kind: "region", units: [region] };
    const scope = await readScope(transaction, dialect, request);
    const plan = await syncInTransaction(transaction, dialect, { scope, ...requested(options) }, "syncEntireHierarchy");
    return { ...statistics(plan), region: scope.kind === "region" ? (scope.names?.[0] ?? null) : null };
  });
}

/** Syncs what the change log names: whatever was written since the last sync, by whomever. */
export async function syncChanged(connection: Connection, options: SyncOptions = {}): Promise<SyncStatistics> {
  if (options.syncProvincial === false) {
    throw new UsageError("syncChanged always brings provinces right", "Leave syncProvincial out.");
  }
  return statistics(await sync(connection, { kind: "changed" }, options, "syncChanged"));
}

/** Creates or refreshes the coverage of one municipality, and of the province above it. */
export function syncForMunicipality(
  connection: Connection,
  municipality: string,
  options: SyncOptions = {},
): Promise<SyncStatistics> {
  return bulkRefreshMunicipalities(connection, [municipality], options);
}

/** Creates or refreshes the coverage of one province from its municipality coverages. */
export function syncForProvince(
  connection: Connection,
  province: string,
  options: SyncOptions = {},
): Promise<{ provincesSynced: number }> {
  return bulkRefreshProvinces(connection, [province], options);
}

/**
 * Refreshes an existing municipality coverage from its communities, and the province above it.
 *
 * @throws UnitError where the municipality has no coverage
 */
export function refreshFromCommunities(
  connection: Connection,
  municipality: string,
  options: SyncOptions = {},
): Promise<SyncStatistics> {
  return refresh(connection, "municipality", municipality, options);
}

/**
 * Refreshes an existing province coverage from its municipality coverages.
 *
 * @throws UnitError where the province has no coverage
 */
export async function refreshFromMunicipalities(
  connection: Connection,
  province: string,
  options: SyncOptions = {},
): Promise<{ provincesSynced: number }> {
  const { provincesSynced } = await refresh(connection, "province", province, options);
  return { provincesSynced };
}

/** Adds a community to a barangay that has none; the coverages above follow in the same transaction. */
export function createCommunity(
  connection: Connection,
  barangay: string,
  values: CommunityValues,
  options: SyncOptions = {},
): Promise<CommunityOutcome> {
  return community(connection, "add", barangay, values, options);
}

/** Changes the columns given and leaves the others; null clears one. */
export function updateCommunity(
  connection: Connection,
  barangay: string,
  values: CommunityValues,
  options: SyncOptions = {},
): Promise<CommunityOutcome> {
  return community(connection, "set", barangay, values, options);
}

/** Archives a community: it stays on record and is no longer counted. */
export function archiveCommunity(
  connection: Connection,
  barangay: string,
  options: SyncOptions = {},
): Promise<CommunityOutcome> {
  return community(connection, "archive", barangay, {}, options);
}

export function restoreCommunity(
  connection: Connection,
  barangay: string,
  options: SyncOptions = {},
): Promise<CommunityOutcome> {
  return community(connection, "restore", barangay, {}, options);
}

/** Removes a community for good. */
export function removeCommunity(
  connection: Connection,
  barangay: string,
  options: SyncOptions = {},
): Promise<CommunityOutcome> {
  return community(connection, "remove", barangay, {}, options);
}

/** Names one coverage: a level and a PSGC code or unambiguous name. */
export interface CoverageUnit {
  level: Level;
  unit: string;
}

/** Archives a coverage; the province above a municipality follows. */
export function softDelete(
  connection: Connection,
  coverage: CoverageUnit,
  options: SyncOptions = {},
): Promise<CoverageOutcome> {
  return changeOneCoverage(connection, "archive", coverage, {}, options);
}

/** Brings an archived coverage back, refreshed where it is automatic; the province above a municipality follows. */
export function restore(
  connection: Connection,
  coverage: CoverageUnit,
  options: SyncOptions = {},
): Promise<CoverageOutcome> {
  return changeOneCoverage(connection, "restore", coverage, {}, options);
}

/** Turns auto-sync on, which refreshes the coverage at once, or off, which leaves its figures to people. */
export function setAutoSync(
  connection: Connection,
  coverage: CoverageUnit,
  autoSync: boolean,
  options: SyncOptions = {},
): Promise<CoverageOutcome> {
  return changeOneCoverage(connection, autoSync ? "auto" : "manual", coverage, {}, options);
}

/** Sets figures of a manual coverage, or existing_support_programs of any. */
export function updateCoverage(
  connection: Connection,
  coverage: CoverageUnit,
  values: Record<string, CoverageValue>,
  options: SyncOptions = {},
): Promise<CoverageOutcome> {
  return changeOneCoverage(connection, "set", coverage, values, options);
}

async function sync(
  connection: Connection,
  request: ScopeRequest,
  options: SyncOptions,
  command: string,
): Promise<SyncPlan> {
  return withSyncTransaction(connection, options, async (transaction, dialect) => {
    const scope = await readScope(transaction, dialect, request);
    return syncInTransaction(transaction, dialect, { scope, ...requested(options) }, command);
  });
}

async function refresh(
  connection: Connection,
  level: Level,
  name: string,
  options: SyncOptions,
): Promise<SyncStatistics> {
  const plan = await withSyncTransaction(connection, options, async (transaction, dialect) => {
    const record = await readCoverage(transaction, await findUnit(transaction, { text: name, levels: [level] }));
    requireCoverage(record);
    const command = level === "municipality" ? "refreshFromCommunities" : "refreshFromMunicipalities";
    return syncInTransaction(transaction, dialect, { scope: scopeOf(record), ...requested(options) }, command);
  });
  return statistics(plan);
}

function community(
  connection: Connection,
  action: CommunityAction,
  barangay: string,
  values: CommunityValues,
  options: SyncOptions,
): Promise<CommunityOutcome> {
  return withRecordTransaction(connection, options, (transaction, dialect) =>
    changeCommunity({ transaction, dialect, ...requested(options) }, action, barangay, values),
  );
}

function changeOneCoverage(
  connection: Connection,
  action: CoverageAction,
  { level, unit }: CoverageUnit,
  values: Record<string, CoverageValue>,
  options: SyncOptions,
): Promise<CoverageOutcome> {
  return withRecordTransaction(connection, options, (transaction, dialect) =>
    changeCoverage({ transaction, dialect, ...requested(options) }, action, { text: unit, levels: [level] }, values),
  );
}

function requested({ curatedFields = [], syncProvincial = true }: SyncOptions): {
  fields: Field[];
  provinces: boolean;
} {
  return { fields: FIELDS.filter((field) => !curatedFields.includes(field)), provinces: syncProvincial };
}

function statistics({ municipalities, provinces }: SyncPlan): SyncStatistics {
  const synced = ({ created, updated, unchanged }: SyncPlan["municipalities"]) => created + updated + unchanged;
  return { municipalitiesSynced: synced(municipalities), provincesSynced: synced(provinces) };
}
