import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";

/** Whether a database has any place, and any community. */
export async function readContents(session: Session): Promise<{ hasPlaces: boolean; hasCommunities: boolean }> {
  const { barangays, obc_communities: communities } = session.schema.relations;
  const rows = await read<{ what: string }>(session, "read", {
    sql: `select 'place' as what where exists (select 1 from ${barangays} b)
      union all select 'community' where exists (select 1 from ${communities} c)`,
    bindings: [],
  });
  const found = rows.map(({ what }) => what);
  return { hasPlaces: found.includes("place"), hasCommunities: found.includes("community") };
}
