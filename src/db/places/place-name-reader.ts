import type { PlaceKind } from "../../core/places/place-kind.ts";
import type { QuickConnection } from "../dialect/quick-connection.ts";
import { nativeSchema } from "../schema/native.ts";
import { obcmsSchema } from "../schema/obcms.ts";
import type { DatabaseKind, Schema } from "../schema/schema.ts";

export interface NamedPlace {
  code: string;
  name: string;
  /** The name of the unit above; "" of a region. */
  parent: string;
  /** How many places of its kind have this name under a unit of that name, itself included. */
  namesakes: number;
}

/** Nobody chooses from more. */
const MOST = 2_000;

/**
 * All regions, provinces or municipalities, or the communities whose barangay has a name or a code that begins with a text;
 * none if there are too many.
 */
export async function readPlaceNames(
  database: QuickConnection,
  kind: PlaceKind,
  beginning: string,
  databaseKind: DatabaseKind,
): Promise<NamedPlace[]> {
  const obcms = obcmsSchema(databaseKind);
  const isObcms = await database.hasTable(obcms.tables.obc_communities.name);
  const { relations } = isObcms ? obcms : nativeSchema;
  const [places, values] =
    kind === "community"
      ? [communityPlaces(relations), [beginning, beginning.toLowerCase(), beginning, beginning]]
      : [unitPlaces(kind, relations), []];
  const found = await database.query<NamedPlace>(
    `select code, name, parent, namesakes from (${places}) place order by name, parent, code limit ${MOST + 1}`,
    values,
  );
  return found.length > MOST ? [] : found.map((place) => ({ ...place, namesakes: Number(place.namesakes) }));
}

/** A barangay without a community is a namesake too. */
function communityPlaces({ barangays, municipalities, obc_communities: communities }: Schema["relations"]): string {
  return `select code, name, parent, namesakes from (
      select b.id, b.code, b.name, m.name as parent, count(*) over (partition by lower(b.name), lower(m.name)) as namesakes
        from ${barangays} b join ${municipalities} m on m.id = b.municipality_id
       where substr(lower(b.name), 1, length(?)) = ? or substr(b.code, 1, length(?)) = ?) barangay
    where id in (select barangay_id from ${communities} c)`;
}

function unitPlaces(kind: Exclude<PlaceKind, "community">, relations: Schema["relations"]): string {
  const { regions, provinces, municipalities } = relations;
  switch (kind) {
    case "region":
      return `select code, name, '' as parent, 1 as namesakes from ${regions} r`;
    case "province":
      return `select p.code, p.name, r.name as parent, 1 as namesakes
        from ${provinces} p join ${regions} r on r.id = p.region_id`;
    case "municipality":
      return `select m.code, m.name, p.name as parent, 1 as namesakes
        from ${municipalities} m join ${provinces} p on p.id = m.province_id`;
    case "coverage":
      return `${unitPlaces("province", relations)} union all ${unitPlaces("municipality", relations)}`;
  }
}
