import { InputError } from "../../../core/errors.ts";
import { grouped } from "../../../core/grouped.ts";
import type { KeptChange } from "../../../core/runs/kept-change.ts";
import type { Session } from "../../../db/connection/session.ts";
import { archiveCommunities, findMissing, type MissingCommunity } from "../../../db/import/archive-store.ts";
import { readScope } from "../../../db/sync/scope-reader.ts";
import type { Opened } from "../../shared/import/community-file.ts";
import type { CommunityImportOptions } from "./import-options.ts";

/** Archiving a larger share of a scope requires --yes: most likely the file is incomplete. */
const MAX_ARCHIVED_SHARE = 0.2;

/**
 * Archives the communities of a scope that the file lacks, if it is to.
 *
 * @throws InputError if more than a fifth of the scope would be archived without --yes
 */
export async function archiveMissing(
  session: Session,
  { archiveMissing: request, yes, dryRun, file }: Opened<CommunityImportOptions>,
  now: string,
): Promise<MissingCommunity[]> {
  if (request === null) return [];
  const scope = await readScope(session, request);
  if (scope.kind === "all") return [];
  const { active, missing } = await findMissing(session, scope);
  if (missing.length > active * MAX_ARCHIVED_SHARE && !yes && !dryRun) {
    throw new InputError(
      `${file.name} lacks ${grouped(missing.length)} of the ${grouped(active)} communities of ${scope.units.join(", ")}: archiving them would be more than 20 %`,
      "Nothing was written. List them with --dry-run. If the file is complete, add --yes.",
    );
  }
  await archiveCommunities(
    session,
    missing.map((community) => community.barangay_id),
    now,
  );
  return missing;
}

/** The archiving of a community, as a run records it. */
export function archival({ barangay_id, code, name, municipality, province }: MissingCommunity): KeptChange {
  const fields = { is_deleted: { before: false, after: true } };
  return {
    level: "community",
    unitId: barangay_id,
    code,
    name,
    parent: municipality,
    province,
    action: "updated",
    fields,
  };
}
