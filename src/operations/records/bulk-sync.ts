/** The operations of the quick reference that sync given units, with the same names. */

import type { BrokenTrigger } from "../../core/sync/broken-trigger.ts";
import type { LevelUnit } from "../../core/sync/level.ts";
import type { Scope, ScopeRequest } from "../../core/sync/scope.ts";
import type { SyncFinding } from "../../core/sync/sync-finding.ts";
import type { LevelCounts, SyncPlan } from "../../core/sync/sync-plan.ts";
import type { Session } from "../../db/connection/session.ts";
import { readCoverage } from "../../db/records/coverage-reader.ts";
import {
  type CommunityReference,
  readLevelUnits,
  readScope,
  readScopeOfCommunities,
} from "../../db/sync/scope-reader.ts";
import { type Connection, withExclusiveTransaction } from "../../db/transaction/transaction.ts";
import { type CoverageUnit, findUnit, requireCoverage, scopeOfCoverage } from "../shared/coverage-unit.ts";
import { type Given, listGiven, refuseArgument, textGiven, wholeNumberGiven } from "../shared/given-arguments.ts";
import { callGiven } from "../shared/given-options.ts";
import { fieldsOf, type OperationOptions } from "../shared/options.ts";
import { applySync } from "../shared/runs/apply-sync.ts";
import { applyChanged, type RepairOptions } from "../shared/runs/changed-sync.ts";
import { beginRun } from "../shared/runs/run.ts";

/** Options of operations that may stop at municipalities. */
export interface BulkSyncOptions extends OperationOptions {
  /** Whether to sync province coverages; true by default. */
  syncProvincial?: boolean | undefined;
}

/** Numbers of automatic coverages that were compared and are now in sync, whether they changed or not. */
export interface SyncStatistics {
  municipalitiesSynced: number;
  provincesSynced: number;
  /** Units that were left out, because a sum is too large to be stored; absent where there is none. */
  findings?: SyncFinding[];
}

/** The statistics of operations that sync provinces only. */
export type ProvinceStatistics = Omit<SyncStatistics, "municipalitiesSynced">;

/**
 * Syncs the municipality and province coverages above the communities given, in one transaction.
 *
 * @param communities barangay codes, stored or of the PSGC, or barangay ids
 * @throws UnitError if a code or id is unknown; LockHeldError if another run holds the lock until the timeout
 */
export async function bulkSyncCommunities(
  connection: Connection,
  communities: Iterable<CommunityReference>,
  options: BulkSyncOptions = {},
): Promise<SyncStatistics & { communitiesProcessed: number }> {
  const references = unitsGiven("communities", communities, referenceGiven);
  const plan = await syncScope(connection, options, "bulkSyncCommunities", (session) =>
    readScopeOfCommunities(session, references),
  );
  return { ...statistics(plan), communitiesProcessed: references.length };
}

/**
 * Syncs the coverages of the municipalities given and, unless syncProvincial is false, of the provinces above them.
 *
 * @param municipalities codes, stored or of the PSGC, or unambiguous names
 */
export async function bulkRefreshMunicipalities(
  connection: Connection,
  municipalities: Iterable<string>,
  options: BulkSyncOptions = {},
): Promise<SyncStatistics> {
  const units = unitsGiven("municipalities", municipalities, textGiven);
  const request: ScopeRequest = { kind: "municipality", units };
  return statistics(
    await syncScope(connection, options, "bulkRefreshMunicipalities", (session) => readScope(session, request)),
  );
}

/**
 * Syncs the provinces of the municipality coverages given, each once, from the municipality coverages as stored. For
 * programs that write municipality coverages themselves.
 *
 * @param coverages municipality coverages by their municipality's code or unambiguous name
 */
export async function bulkSyncMunicipalities(
  connection: Connection,
  coverages: Iterable<string>,
  options: OperationOptions = {},
): Promise<ProvinceStatistics & { municipalitiesProcessed: number }> {
  const references = unitsGiven("coverages", coverages, textGiven);
  const plan = await syncScope(connection, options, "bulkSyncMunicipalities", async (session) =>
    provincesAlone(await readLevelUnits(session, references, ["municipality"])),
  );
  return { ...provinceStatistics(plan), municipalitiesProcessed: references.length };
}

/**
 * Recalculates province coverages from their municipality coverages as stored.
 *
 * @param provinces codes, stored or of the PSGC, or unambiguous names
 */
export async function bulkRefreshProvinces(
  connection: Connection,
  provinces: Iterable<string>,
  options: OperationOptions = {},
): Promise<ProvinceStatistics> {
  const names = unitsGiven("provinces", provinces, textGiven);
  const plan = await syncScope(connection, options, "bulkRefreshProvinces", async (session) =>
    provincesAlone(await readLevelUnits(session, names, ["province"])),
  );
  return provinceStatistics(plan);
}

/** The region name that the reference implementation returns for the whole country. */
const ALL_REGIONS = "All Regions";

/**
 * Syncs every municipality and province of a region, or of the country.
 *
 * @param options region: code ("12", "1200000000" or as stored) or name; the country by default
 * @returns the statistics with the name of the region, or "All Regions" for the country
 */
export async function syncEntireHierarchy(
  connection: Connection,
  given: BulkSyncOptions & { region?: string | undefined } = {},
): Promise<SyncStatistics & { region: string }> {
  callGiven(connection, given);
  const { region, ...options } = given;
  const request: ScopeRequest = region === undefined ? { kind: "all" } : { kind: "region", units: [region] };
  const plan = await syncScope(connection, options, "syncEntireHierarchy", (session) => readScope(session, request));
  const { scope } = plan;
  return { ...statistics(plan), region: scope.kind === "all" ? ALL_REGIONS : (scope.names?.[0] ?? ALL_REGIONS) };
}

/** Triggers of the change log that were put back, whereupon everything was synced; absent where there is none. */
export interface RepairStatistics {
  repaired?: BrokenTrigger[];
}

/**
 * Syncs the units that any program has changed since their last sync, as the change log shows.
 *
 * @throws DatabaseError if the triggers of the change log are broken, and are not or cannot be put back
 */
export async function syncChanged(
  connection: Connection,
  options: OperationOptions & RepairOptions = {},
): Promise<SyncStatistics & RepairStatistics> {
  callGiven(connection, options);
  const request = { fields: fieldsOf(options), provinces: true };
  const plan = await applyChanged(connection, request, options, beginRun("syncChanged", options));
  return { ...statistics(plan), ...(plan.repaired.length > 0 ? { repaired: plan.repaired } : {}) };
}

/** Creates or recalculates the coverages of one municipality and of its province. */
export function syncForMunicipality(
  connection: Connection,
  municipality: string,
  options: BulkSyncOptions = {},
): Promise<SyncStatistics> {
  return bulkRefreshMunicipalities(connection, [municipality], options);
}

/** Creates or recalculates the coverage of one province from its municipality coverages. */
export function syncForProvince(
  connection: Connection,
  province: string,
  options: OperationOptions = {},
): Promise<ProvinceStatistics> {
  return bulkRefreshProvinces(connection, [province], options);
}

/**
 * Recalculates an existing municipality coverage from its communities, and the coverage of its province.
 *
 * @throws UnitError if the municipality has no coverage
 */
export async function refreshFromCommunities(
  connection: Connection,
  municipality: string,
  options: BulkSyncOptions = {},
): Promise<SyncStatistics> {
  textGiven("municipality", municipality);
  const coverage: CoverageUnit = { level: "municipality", unit: municipality };
  return statistics(
    await syncScope(connection, options, "refreshFromCommunities", (session) => existingScope(session, coverage)),
  );
}

/**
 * Recalculates an existing province coverage from its municipality coverages.
 *
 * @throws UnitError if the province has no coverage
 */
export async function refreshFromMunicipalities(
  connection: Connection,
  province: string,
  options: OperationOptions = {},
): Promise<ProvinceStatistics> {
  textGiven("province", province);
  const coverage: CoverageUnit = { level: "province", unit: province };
  const plan = await syncScope(connection, options, "refreshFromMunicipalities", (session) =>
    existingScope(session, coverage),
  );
  return provinceStatistics(plan);
}

async function syncScope(
  connection: Connection,
  given: BulkSyncOptions,
  command: string,
  readIt: (session: Session) => Promise<Scope>,
): Promise<SyncPlan> {
  callGiven(connection, given);
  const { syncProvincial = true, ...options } = given;
  const run = beginRun(command, options);
  return withExclusiveTransaction(connection, options, async (session) =>
    applySync(session, { scope: await readIt(session), fields: fieldsOf(options), provinces: syncProvincial }, run),
  );
}

/** A scope of the provinces of these units, without their municipalities: those count as stored. */
function provincesAlone(units: readonly LevelUnit[]): Scope {
  const provinces = new Map(units.map(({ provinceId, provinceCode }) => [provinceId, provinceCode]));
  return { kind: "province", units: [...provinces.values()], municipalityIds: [], provinceIds: [...provinces.keys()] };
}

async function existingScope(session: Session, coverage: CoverageUnit): Promise<Scope> {
  const record = await readCoverage(session, await findUnit(session, coverage));
  requireCoverage(record);
  return scopeOfCoverage(record);
}

function statistics(plan: SyncPlan): SyncStatistics {
  return { municipalitiesSynced: synced(plan.municipalities), ...provinceStatistics(plan) };
}

function provinceStatistics({ provinces, findings }: SyncPlan): ProvinceStatistics {
  return { provincesSynced: synced(provinces), ...(findings.length > 0 ? { findings } : {}) };
}

function synced({ created, updated, unchanged }: LevelCounts): number {
  return created + updated + unchanged;
}

/** The units that a program passes. @throws UsageError if they are no list, or one is none */
function unitsGiven<Unit>(name: string, units: Iterable<Unit>, given: Given): Unit[] {
  // A string is a list of its characters.
  const isList = typeof units === "object" && units !== null && Symbol.iterator in units;
  if (!isList) refuseArgument(name, units, "Give an array of codes or names.");
  const list = [...units];
  listGiven(given)(name, list);
  return list;
}

const referenceGiven: Given = (name, value) => {
  if (typeof value === "number") wholeNumberGiven(name, value);
  else textGiven(name, value);
};
