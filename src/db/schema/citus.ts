import { BOOKKEEPING } from "./bookkeeping.ts";
import { nativeSchema } from "./native.ts";
import type { Schema } from "./schema.ts";

/** The log of changed communities, which is distributed as they are. */
export const COMMUNITY_LOG = "obc_sync_community_log";

/** Reads communities: those of the barangays of an array, or with null all. */
const COMMUNITIES = "obc_sync_communities";

/**
 * The native tables on a Citus cluster: see migrations/citus.ts.
 *
 * Functions read the distributed tables, so that every query that joins them with tables of the coordinator works as it does
 * elsewhere: docs/decisions/citus.md.
 */
export const citusSchema: Schema = {
  ...nativeSchema,
  relations: {
    ...nativeSchema.relations,
    regions: "obc_sync_regions()",
    provinces: "obc_sync_provinces()",
    municipalities: "obc_sync_municipalities()",
    barangays: "obc_sync_barangays()",
    obc_communities: `${COMMUNITIES}(null)`,
  },
  bookkeeping: {
    ...BOOKKEEPING,
    changeLog: `(select id, changed_at, barangay_id, municipality_id, province_id from ${BOOKKEEPING.changeLog}
      union all select null, changed_at, barangay_id, null, null from obc_sync_community_changes())`,
  },
  distribution: {
    communityLog: COMMUNITY_LOG,
    communities: COMMUNITIES,
    communitySums: "obc_sync_community_sums",
    // A second connection to a node would have another snapshot.
    begin: `select set_config('citus.max_adaptive_executor_pool_size', '1', true),
        current_setting('transaction_isolation') as isolation`,
  },
};
