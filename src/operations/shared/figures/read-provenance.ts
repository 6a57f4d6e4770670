import type { Provenance } from "../../../core/figures/provenance.ts";
import { type Scope, summarizeScope } from "../../../core/sync/scope.ts";
import type { Session } from "../../../db/connection/session.ts";
import type { Connection } from "../../../db/transaction/transaction.ts";
import { packageVersion } from "../../../files/package-root.ts";
import { readEdition } from "./edition.ts";

/** Says where figures come from: the database without its password, the edition of the geography, and the program. */
export async function readProvenance(
  session: Session,
  connection: Connection,
  scope: Scope,
  content: Pick<Provenance, "what" | "filters" | "notes">,
): Promise<Provenance> {
  const names = scope.kind === "all" || scope.kind === "changed" ? undefined : scope.names;
  return {
    ...content,
    database: session.dialect.connections.nameOf(connection),
    schema: session.schema.name,
    exportedAt: new Date().toISOString(),
    geography: await readEdition(session),
    scope: { ...summarizeScope(scope), ...(names === undefined ? {} : { names }) },
    tool: `obc-sync ${packageVersion()}`,
  };
}
