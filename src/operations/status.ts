import type { Knex } from "knex";
import { findStatusProblems, nextStep } from "../core/diagnosis/status-problems.ts";
import type { StatusContents, StatusFacts, StatusReport } from "../core/diagnosis/status-report.ts";
import { DatabaseError, InterruptedError, ObcSyncError, UsageError } from "../core/errors.ts";
import { DriftFinder } from "../core/verify/drift.ts";
import { dialectOf } from "../db/connection/dialect-of.ts";
import type { Session } from "../db/connection/session.ts";
import { readStatus } from "../db/diagnosis/status-reader.ts";
import { geographyMissing } from "../db/places/psgc-codes.ts";
import { schemaNamed } from "../db/schema/schemas.ts";
import { migrationStatus } from "../db/setup/migrate.ts";
import { withSnapshot } from "../db/transaction/transaction.ts";
import { readDriftFacts } from "../db/verify/drift-reader.ts";
import { packageVersion } from "../files/package-root.ts";
import { readEdition } from "./shared/figures/edition.ts";
import { fieldsOf, type OperationOptions, sayNothing } from "./shared/options.ts";

export interface StatusOptions extends Omit<OperationOptions, "schema"> {
  /** The name of a schema; by default the one whose tables the database has. */
  schema?: string | undefined;
  /** Whether to recompute every coverage, as verify does; false by default. */
  verify?: boolean | undefined;
  /** The age of the last sync or heartbeat, in hours, that counts as unhealthy; by default none does. */
  maxAgeHours?: number | undefined;
}

/**
 * Shows the state of a database and of its upkeep. It only reads, and works on a database that is unreachable, empty or
 * not migrated: the report says so.
 */
export async function status(knex: Knex, options: StatusOptions = {}): Promise<StatusReport> {
  const started = performance.now();
  const { connections, errors, name } = dialectOf(knex);
  const database = connections.nameOf(knex);
  const explained = (error: unknown) =>
    error instanceof ObcSyncError ? error : (errors.explain(error, database) ?? error);
  try {
    // First: it waits for the locks of other programs.
    const { contents, missing } = await readContents(knex, options).then(
      (read) => ({ contents: read, missing: null }),
      (error: unknown) => ({ contents: null, missing: tablesMissing(explained(error)) }),
    );
    const { schema, applied, pending } = await migrationStatus(knex, options.schema);
    if (missing !== null && pending.length === 0) throw missing;
    const found = { database, error: null, schema, migrations: { applied, pending }, contents };
    return judged(found, options, started, geographyMissing({ schema: schemaNamed(schema, name) }).hint);
  } catch (error) {
    return unreadableStatus(database, explained(error), options, started);
  }
}

/** The error, if it says that the tables are missing or old. @throws any other error */
function tablesMissing(error: unknown): DatabaseError {
  if (error instanceof DatabaseError && error.code === "DATABASE_NOT_MIGRATED") return error;
  throw error;
}

/**
 * The status of a database that could not be read.
 *
 * @param database its name, without a password
 * @throws `error` where it does not show the state of the database, such as a wrong option
 */
export function unreadableStatus(
  database: string,
  error: unknown,
  options: StatusOptions = {},
  started = performance.now(),
): StatusReport {
  const isOfDatabase = error instanceof ObcSyncError && !(error instanceof UsageError);
  if (!isOfDatabase || error instanceof InterruptedError) throw error;
  const { code, message, hint } = error;
  const found = { database, error: { code, message, hint }, schema: null, migrations: null, contents: null };
  return judged(found, options, started);
}

function judged(
  found: Omit<StatusFacts, "checkedAt" | "maxAgeHours">,
  { maxAgeHours = null }: { maxAgeHours?: number | null | undefined },
  started: number,
  placesMissing = "",
): StatusReport {
  const facts: StatusFacts = { checkedAt: new Date().toISOString(), ...found, maxAgeHours };
  const problems = findStatusProblems(facts, placesMissing);
  const { contents } = facts;
  return {
    command: "status",
    version: packageVersion(),
    ...facts,
    problems,
    next: problems[0]?.remedy ?? (contents && nextStep(contents)),
    metricsFile: null,
    durationMs: performance.now() - started,
  };
}

function readContents(knex: Knex, options: StatusOptions): Promise<StatusContents> {
  const { verify = false, progress = sayNothing } = options;
  return withSnapshot(knex, options, async (session) => {
    const counts = await readStatus(session);
    const edition = await readEdition(session);
    if (!verify) return { ...counts, edition, drift: null };
    progress("Recomputing every coverage from its communities");
    return { ...counts, edition, drift: await readDrift(session, options) };
  });
}

async function readDrift(session: Session, options: StatusOptions): Promise<StatusContents["drift"]> {
  const finder = new DriftFinder(fieldsOf(options), session.schema.rules);
  await readDriftFacts(session, { kind: "all" }, [finder]);
  const { drift, findings, checked } = finder.findings();
  return {
    checked: checked.municipalities + checked.provinces,
    differing: drift.length,
    leftOut: findings.length,
  };
}
