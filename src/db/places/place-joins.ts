import type { Knex } from "knex";
import { aliased } from "../connection/aliased.ts";
import type { Session } from "../connection/session.ts";

/** FROM every `municipality`, with its `province` and `region`. */
export function municipalitiesWithParents(session: Session): Knex.QueryBuilder {
  return session.dialect.sql
    .from(aliased(session, "municipalities", "municipality"))
    .join(aliased(session, "provinces", "province"), "province.id", "municipality.province_id")
    .join(aliased(session, "regions", "region"), "region.id", "province.region_id");
}

/** FROM every `province`, with its `region`. */
export function provincesWithRegions(session: Session): Knex.QueryBuilder {
  return session.dialect.sql
    .from(aliased(session, "provinces", "province"))
    .join(aliased(session, "regions", "region"), "region.id", "province.region_id");
}

/** FROM every `region`, each `province` of it, and each `municipality` of that; a region or province may have none. */
export function everyUnit(session: Session): Knex.QueryBuilder {
  return session.dialect.sql
    .from(aliased(session, "regions", "region"))
    .leftJoin(aliased(session, "provinces", "province"), "province.region_id", "region.id")
    .leftJoin(aliased(session, "municipalities", "municipality"), "municipality.province_id", "province.id");
}

/** FROM every `barangay`, with its `municipality`, `province` and `region`. */
export function barangaysWithParents(session: Session): Knex.QueryBuilder {
  return municipalitiesWithParents(session).join(
    aliased(session, "barangays", "barangay"),
    "barangay.municipality_id",
    "municipality.id",
  );
}
