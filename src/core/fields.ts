/**
 * The registry of fields. A community has a figure or null for each, a coverage has their sum. The order is the
 * order of columns in tables, files and reports. Nothing else in the program lists them.
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

/** Everybody is in one of them. */
export const AGE_GROUPS = [
  "children_0_9",
  "adolescents_10_14",
  "youth_15_30",
  "adults_31_59",
  "seniors_60_plus",
] as const satisfies readonly Field[];

/** Largest figure that a community may hold: a signed 32-bit integer. */
export const MAX_COMMUNITY_FIGURE = 2_147_483_647;

/** Largest sum that a coverage may hold: past 2^53 - 1 a JavaScript number is no longer exact. */
export const MAX_COVERAGE_FIGURE = Number.MAX_SAFE_INTEGER;

/** What a community says of itself besides its figures, in the order of columns. */
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

/** Where a community lies, in decimal degrees (WGS 84), with the range that is valid. */
export const COMMUNITY_COORDINATES = {
  latitude: { min: -90, max: 90 },
  longitude: { min: -180, max: 180 },
} as const;

export type CommunityCoordinate = keyof typeof COMMUNITY_COORDINATES;

/** An import asks for each of its cells. */
const FIELD_NAMES: ReadonlySet<string> = new Set(FIELDS);

export function isField(name: string): name is Field {
  return FIELD_NAMES.has(name);
}
