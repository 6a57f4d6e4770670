import type { Field } from "../core/fields.ts";
import type { Level } from "../core/sync/level.ts";
import type { Scope, ScopeRequest } from "../core/sync/scope.ts";
import type { SyncPlan } from "../core/sync/sync-plan.ts";
import { readCoverage } from "../db/records/coverage-reader.ts";
import { type CommunityReference, readLevelUnits, readScope, readScopeOfCommunities } from "../db/sync/scope-reader.ts";
import { type Connection, withSyncTransaction } from "../operations/connection.ts";
import { findUnit, requireCoverage, scopeOf } from "../operations/coverage.ts";
import { syncInTransaction } from "../operations/sync.ts";
import { fieldsOf, type OperationOptions, type SyncOptions } from "./options.ts";

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
  options: OperationOptions = {},
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
    return syncInTransaction(
      transaction,
      dialect,
      { scope, fields: fieldsOf(options), provinces: true },
      "bulkRefreshProvinces",
    );
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
export async function syncChanged(connection: Connection, options: OperationOptions = {}): Promise<SyncStatistics> {
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
  options: OperationOptions = {},
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
  options: OperationOptions = {},
): Promise<{ provincesSynced: number }> {
  const { provincesSynced } = await refresh(connection, "province", province, options);
  return { provincesSynced };
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

function requested({ syncProvincial = true, ...options }: SyncOptions): { fields: Field[]; provinces: boolean } {
  return { fields: fieldsOf(options), provinces: syncProvincial };
}

function statistics({ municipalities, provinces }: SyncPlan): SyncStatistics {
  const synced = ({ created, updated, unchanged }: SyncPlan["municipalities"]) => created + updated + unchanged;
  return { municipalitiesSynced: synced(municipalities), provincesSynced: synced(provinces) };
}
