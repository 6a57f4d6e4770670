/**
 * The registry of fields, and the only list of them. A community has a figure or null for each; a coverage has the
 * sums. Tables, files and reports have their columns in this order.
 */
export const FIELDS = [
  "estimated_obc_population",
  "total_barangay_population",
  "households",
  "families",
  "children_0_9",
  "adolescents_10_14",
  "youth_15_30",
  "adults_31_59",
  "seniors_60_plus",
  "women_count",
  "solo_parents_count",
  "pwd_count",
  "farmers_count",
  "fisherfolk_count",
  "unemployed_count",
  "indigenous_peoples_count",
  "idps_count",
  "migrants_transients_count",
  "csos_count",
  "associations_count",
  "number_of_peoples_organizations",
  "number_of_cooperatives",
  "number_of_social_enterprises",
  "number_of_micro_enterprises",
  "number_of_unbanked_obc",
  "mosques_count",
  "madrasah_count",
  "asatidz_count",
  "religious_leaders_count",
] as const;

export type Field = (typeof FIELDS)[number];

/** Each person belongs to exactly one age group. */
export const AGE_GROUPS = [
  "children_0_9",
  "adolescents_10_14",
  "youth_15_30",
  "adults_31_59",
  "seniors_60_plus",
] as const satisfies readonly Field[];

/** Largest figure of a community: the largest signed 32-bit integer. */
export const MAX_COMMUNITY_FIGURE = 2_147_483_647;

/** Largest figure of a coverage: larger JavaScript numbers are not exact. */
export const MAX_COVERAGE_FIGURE = Number.MAX_SAFE_INTEGER;

/** The text columns of a community, ordered as in the table. */
export const COMMUNITY_TEXT_COLUMNS = [
  "obc_id",
  "community_names",
  "settlement_type",
  "primary_ethnolinguistic_group",
  "proximity_to_barmm",
  "source_document_reference",
  "notes",
] as const;

export type CommunityTextColumn = (typeof COMMUNITY_TEXT_COLUMNS)[number];

/** The coordinates of a community, with the valid range in decimal degrees (WGS 84) and an example. */
export const COMMUNITY_COORDINATES = {
  latitude: { min: -90, max: 90, example: 7.19 },
  longitude: { min: -180, max: 180, example: 124.24 },
} as const satisfies Record<CommunityCoordinate, object>;

export type CommunityCoordinate = "latitude" | "longitude";

/** A set, because an import calls isField for every cell. */
const FIELD_NAMES: ReadonlySet<string> = new Set(FIELDS);

export function isField(name: string): name is Field {
  return FIELD_NAMES.has(name);
}
