import { findDrift } from "../core/drift.ts";
import type { VerifyReport } from "../core/report.ts";
import { type ScopeRequest, summarizeScope } from "../core/scope.ts";
import { withDatabase } from "../db/connect.ts";
import { readDriftFacts } from "../db/drift-reader.ts";
import { parseDatabaseLocation } from "../db/location.ts";
import { readScope } from "../db/scope-reader.ts";
import { withSnapshot } from "../db/transaction.ts";
import type { CommandContext } from "./context.ts";

/** Compares every coverage in scope with its communities, by a route that sync does not use; writes nothing. */
export async function runVerify(request: ScopeRequest, { settings, progress }: CommandContext): Promise<VerifyReport> {
  const started = performance.now();
  return withDatabase(parseDatabaseLocation(settings.database), "read", (database) =>
    withSnapshot(database, async (transaction) => {
      progress("Recomputing every coverage from its communities");
      const scope = await readScope(transaction, database.dialect, request);
      const { municipalities, provinces } = await readDriftFacts(transaction, database.dialect, scope);
      return {
        command: "verify",
        scope: summarizeScope(scope),
        ...findDrift(municipalities, provinces, settings.fields),
        durationMs: performance.now() - started,
      };
    }),
  );
}
