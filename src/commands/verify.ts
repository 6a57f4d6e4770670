import { type ScopeRequest, summarizeScope } from "../core/sync/scope.ts";
import { DriftFinder } from "../core/verify/drift.ts";
import type { VerifyReport } from "../core/verify/verify-report.ts";
import { withDatabase } from "../db/connection/connect.ts";
import { parseDatabaseLocation } from "../db/connection/location.ts";
import { withSnapshot } from "../db/connection/transaction.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { readDriftFacts } from "../db/verify/drift-reader.ts";
import type { CommunityFileOptions } from "./community-file.ts";
import { compareSource, SourceFacts } from "./compare-source.ts";
import type { CommandContext } from "./context.ts";

export interface VerifyOptions {
  scope: ScopeRequest;
  /** A file whose totals the tables must have; null for none. */
  source: CommunityFileOptions | null;
}

/** Compares every coverage in scope with its communities, by a route that sync does not use; writes nothing. */
export async function runVerify(options: VerifyOptions, context: CommandContext): Promise<VerifyReport> {
  const { settings, progress } = context;
  const started = performance.now();
  return withDatabase(parseDatabaseLocation(settings.database), "read", (database) =>
    withSnapshot(database, async (transaction) => {
      progress("Recomputing every coverage from its communities");
      const scope = await readScope(transaction, database.dialect, options.scope);
      const finder = new DriftFinder(settings.fields);
      const kept = new SourceFacts();
      const receivers = options.source === null ? [finder] : [finder, kept];
      await readDriftFacts(transaction, database.dialect, scope, receivers);
      const source =
        options.source === null
          ? null
          : await compareSource(transaction, database.dialect, scope, kept, options.source, context);
      return {
        command: "verify",
        scope: summarizeScope(scope),
        ...finder.findings(),
        source,
        durationMs: performance.now() - started,
      };
    }),
  );
}
