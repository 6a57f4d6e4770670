import { type ScopeRequest, summarizeScope } from "../core/sync/scope.ts";
import { DriftFinder } from "../core/verify/drift.ts";
import type { VerifyReport } from "../core/verify/verify-report.ts";
import { isEmpty } from "../db/diagnosis/emptiness-reader.ts";
import { hasBarangays } from "../db/places/place-directory-reader.ts";
import { geographyMissing } from "../db/places/psgc-codes.ts";
import { isSetUp } from "../db/schema/schema.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { type Connection, withSnapshot } from "../db/transaction/transaction.ts";
import { readDriftFacts } from "../db/verify/drift-reader.ts";
import { withRegularFile } from "../files/regular-file.ts";
import { callGiven } from "./shared/given-options.ts";
import type { CommunityFileOptions, Opened } from "./shared/import/community-file.ts";
import { compareSource, SourceFacts } from "./shared/import/source-file.ts";
import { fieldsOf, type OperationOptions, sayNothing } from "./shared/options.ts";

export interface VerifyOptions extends OperationOptions {
  /** The coverages to verify; everything by default. */
  scope?: ScopeRequest | undefined;
  /** A file to compare the tables with; none by default. */
  source?: CommunityFileOptions | null | undefined;
}

/**
 * Compares every coverage in scope with its communities, by queries that sync does not use. Writes nothing.
 *
 * @throws GeographyMissingError if the database has no places
 */
export async function verify(connection: Connection, options: VerifyOptions = {}): Promise<VerifyReport> {
  callGiven(connection, options);
  const { source = null } = options;
  if (source === null) return verifyWith(connection, options, null);
  const report = await withRegularFile(source.file, options, (file) =>
    verifyWith(connection, options, { ...source, file }),
  );
  return { ...report, source: report.source && { ...report.source, file: source.file } };
}

function verifyWith(
  connection: Connection,
  options: VerifyOptions,
  source: Opened<CommunityFileOptions> | null,
): Promise<VerifyReport> {
  const started = performance.now();
  const { progress = sayNothing } = options;
  return withSnapshot(connection, options, async (session) => {
    progress("Recomputing every coverage from its communities");
    const scope = await readScope(session, options.scope ?? { kind: "all" });
    const finder = new DriftFinder(fieldsOf(options), session.schema.rules);
    const kept = new SourceFacts();
    await readDriftFacts(session, scope, source === null ? [finder] : [finder, kept]);
    const found = finder.findings();
    const { municipalities, provinces } = found.checked;
    // Without places nothing differs, which must not pass for a result.
    const checked = municipalities + provinces;
    if (checked === 0 && !(await hasBarangays(session))) throw geographyMissing(session);
    return {
      command: "verify",
      scope: summarizeScope(scope),
      ...found,
      isEmpty: checked === 0 && (await isEmpty(session, scope)),
      isSetUp: isSetUp(session.schema),
      source: source === null ? null : await compareSource(session, scope, kept, source, options),
      durationMs: performance.now() - started,
    };
  });
}
