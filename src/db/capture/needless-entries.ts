import type { Session } from "../connection/session.ts";
import { write } from "../connection/statements.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";

/**
 * Deletes the change log entries of municipalities and provinces that have neither communities nor coverages: there is
 * nothing to sync. Inserting a place logs it, in case other rows already refer to its id, so that the first import of a
 * geography adds an entry for each of 42,011 barangays.
 */
export async function clearNeedlessEntries(session: Session): Promise<void> {
  const { obc_communities, barangays, municipalities, municipality_coverages, province_coverages } =
    session.schema.relations;
  const neededMunicipalities = `select barangay.municipality_id from ${obc_communities} community
      join ${barangays} barangay on barangay.id = community.barangay_id
    union select municipality_id from ${municipality_coverages} coverage`;
  const neededProvinces = `select municipality.province_id from (${neededMunicipalities}) needed
      join ${municipalities} municipality on municipality.id = needed.municipality_id
    union select province_id from ${province_coverages} coverage`;
  await write(session, "bookkeeping", {
    sql: `delete from ${BOOKKEEPING.changeLog} where barangay_id is null
      and (province_id is not null and province_id not in (${neededProvinces})
        or municipality_id is not null and municipality_id not in (${neededMunicipalities}))`,
    bindings: [],
  });
}
