/** The operations of the quick reference that sync named units, under their names there. */
import type { LevelUnit } from "../core/sync/level.ts";
import type { Scope, ScopeRequest } from "../core/sync/scope.ts";
import type { SyncPlan } from "../core/sync/sync-plan.ts";
import type { Session } from "../db/connection/session.ts";
import { type Connection, withExclusiveTransaction } from "../db/connection/transaction.ts";
import { readCoverage } from "../db/records/coverage-reader.ts";
import { type CommunityReference, readLevelUnits, readScope, readScopeOfCommunities } from "../db/sync/scope-reader.ts";
import { applySync } from "./shared/apply-sync.ts";
import { type CoverageUnit, findUnit, requireCoverage, scopeOfCoverage } from "./shared/coverage-unit.ts";
import { fieldsOf, type OperationOptions } from "./shared/options.ts";

/** How an operation runs that may stop at municipalities. */
export interface BulkSyncOptions extends OperationOptions {
  /** Whether province coverages follow; true by default. */
  syncProvincial?: boolean | undefined;
}

/** How many coverages were compared with what is beneath them and are in sync now, whether they changed or not. */
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
  options: BulkSyncOptions = {},
): Promise<SyncStatistics & { communitiesProcessed: number }> {
  const references = [...communities];
  const plan = await syncScope(connection, options, "bulkSyncCommunities", (session) =>
    readScopeOfCommunities(session, references),
  );
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
  options: BulkSyncOptions = {},
): Promise<SyncStatistics> {
  const units = [...municipalities];
  const request: ScopeRequest = { kind: "municipality", units };
  return statistics(
    await syncScope(connection, options, "bulkRefreshMunicipalities", (session) => readScope(session, request)),
  );
}

/**
 * Syncs the provinces above the municipality coverages given, each once, from the municipality coverages as they are
 * stored: for a program that has written several of them itself.
 *
 * @param coverages municipality coverages by their municipality's PSGC code or unambiguous name
 */
export async function bulkSyncMunicipalities(
  connection: Connection,
  coverages: Iterable<string>,
  options: OperationOptions = {},
): Promise<{ provincesSynced: number; municipalitiesProcessed: number }> {
  const references = [...coverages];
  const plan = await syncScope(connection, options, "bulkSyncMunicipalities", async (session) =>
    provincesAlone(await readLevelUnits(session, references, ["municipality"])),
  );
  return { provincesSynced: statistics(plan).provincesSynced, municipalitiesProcessed: references.length };
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
  const plan = await syncScope(connection, options, "bulkRefreshProvinces", async (session) =>
    provincesAlone(await readLevelUnits(session, names, ["province"])),
  );
  return { provincesSynced: statistics(plan).provincesSynced };
}

/** The name that the reference implementation gives to a sync of the whole country. */
const ALL_REGIONS = "All Regions";

/**
 * Syncs every municipality and province of a region, or of the country.
 *
 * @param options region: PSGC code ("12" or "1200000000") or name; everything without it
 * @returns with the name of the region, "All Regions" for the country
 */
export async function syncEntireHierarchy(
  connection: Connection,
  { region, ...options }: BulkSyncOptions & { region?: string | undefined } = {},
): Promise<SyncStatistics & { region: string }> {
  const request: ScopeRequest = region === undefined ? { kind: "all" } : { kind: "region", units: [region] };
  const plan = await syncScope(connection, options, "syncEntireHierarchy", (session) => readScope(session, request));
  const { scope } = plan;
  return { ...statistics(plan), region: scope.kind === "all" ? ALL_REGIONS : (scope.names?.[0] ?? ALL_REGIONS) };
}

/** Syncs the units that the change log names: whatever was written since the last sync, by whomever. */
export async function syncChanged(connection: Connection, options: OperationOptions = {}): Promise<SyncStatistics> {
  return statistics(
    await syncScope(connection, options, "syncChanged", (session) => readScope(session, { kind: "changed" })),
  );
}

/** Creates or refreshes the coverage of one municipality, and of the province above it. */
export function syncForMunicipality(
  connection: Connection,
  municipality: string,
  options: BulkSyncOptions = {},
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
export async function refreshFromCommunities(
  connection: Connection,
  municipality: string,
  options: BulkSyncOptions = {},
): Promise<SyncStatistics> {
  const coverage: CoverageUnit = { level: "municipality", unit: municipality };
  return statistics(
    await syncScope(connection, options, "refreshFromCommunities", (session) => existingScope(session, coverage)),
  );
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
  const coverage: CoverageUnit = { level: "province", unit: province };
  const plan = await syncScope(connection, options, "refreshFromMunicipalities", (session) =>
    existingScope(session, coverage),
  );
  return { provincesSynced: statistics(plan).provincesSynced };
}

async function syncScope(
  connection: Connection,
  { syncProvincial = true, ...options }: BulkSyncOptions,
  command: string,
  readIt: (session: Session) => Promise<Scope>,
): Promise<SyncPlan> {
  return withExclusiveTransaction(connection, options, async (session) =>
    applySync(session, { scope: await readIt(session), fields: fieldsOf(options), provinces: syncProvincial }, command),
  );
}

/** The provinces of these units without their municipalities, whose coverages are taken as they are stored. */
function provincesAlone(units: readonly LevelUnit[]): Scope {
  const provinces = new Map(units.map(({ provinceId, provinceCode }) => [provinceId, provinceCode]));
  return { kind: "province", units: [...provinces.values()], municipalityIds: [], provinceIds: [...provinces.keys()] };
}

async function existingScope(session: Session, coverage: CoverageUnit): Promise<Scope> {
  const record = await readCoverage(session, await findUnit(session, coverage));
  requireCoverage(record);
  return scopeOfCoverage(record);
}

function statistics({ municipalities, provinces }: SyncPlan): SyncStatistics {
  const synced = ({ created, updated, unchanged }: SyncPlan["municipalities"]) => created + updated + unchanged;
  return { municipalitiesSynced: synced(municipalities), provincesSynced: synced(provinces) };
}
