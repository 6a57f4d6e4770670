import type { CommunityCoordinate, CommunityTextColumn, Field } from "../fields.ts";
import type { RatioName } from "./ratios.ts";

/**
 * Tags of the Humanitarian Exchange Language (hxlstandard.org, version 1.1): a hashtag of its core schema and attributes
 * for each column. Regions are #adm1, as in the datasets of OCHA for the Philippines.
 */
const PLACE_TAGS = {
  region: "#adm1+name",
  province: "#adm2+name",
  municipality: "#adm3+name",
  barangay: "#adm4+name",
  region_code: "#adm1+code",
  province_code: "#adm2+code",
  municipality_code: "#adm3+code",
  barangay_code: "#adm4+code",
};

const FIELD_TAGS: Record<Field, string> = {
  estimated_obc_population: "#population+obc",
  total_barangay_population: "#population+total",
  households: "#population+obc+hh",
  families: "#population+obc+families",
  children_0_9: "#population+obc+age_0_9",
  adolescents_10_14: "#population+obc+age_10_14",
  youth_15_30: "#population+obc+age_15_30",
  adults_31_59: "#population+obc+age_31_59",
  seniors_60_plus: "#population+obc+age_60_plus",
  women_count: "#population+obc+f",
  solo_parents_count: "#population+obc+solo_parents",
  pwd_count: "#population+obc+disabled",
  farmers_count: "#population+obc+farmers",
  fisherfolk_count: "#population+obc+fisherfolk",
  unemployed_count: "#population+obc+unemployed",
  indigenous_peoples_count: "#population+obc+ind",
  idps_count: "#population+obc+idps",
  migrants_transients_count: "#population+obc+migrants",
  csos_count: "#org+cso+num",
  associations_count: "#org+association+num",
  number_of_peoples_organizations: "#org+po+num",
  number_of_cooperatives: "#org+cooperative+num",
  number_of_social_enterprises: "#org+social_enterprise+num",
  number_of_micro_enterprises: "#org+micro_enterprise+num",
  number_of_unbanked_obc: "#population+obc+unbanked",
  mosques_count: "#loc+mosque+num",
  madrasah_count: "#loc+madrasah+num",
  asatidz_count: "#population+obc+asatidz",
  religious_leaders_count: "#population+obc+religious_leaders",
};

const COMMUNITY_TAGS: Record<CommunityTextColumn | CommunityCoordinate, string> = {
  obc_id: "#meta+id",
  community_names: "#loc+name+obc",
  settlement_type: "#loc+type",
  primary_ethnolinguistic_group: "#group+ethnicity",
  proximity_to_barmm: "#loc+proximity",
  source_document_reference: "#meta+source",
  notes: "#description+notes",
  latitude: "#geo+lat",
  longitude: "#geo+lon",
};

const RATIO_TAGS: Record<RatioName, string> = {
  household_size: "#indicator+household_size+num",
  share_of_barangay_population_percent: "#indicator+obc_share+pct",
  women_percent: "#indicator+women+pct",
  dependency_percent: "#indicator+dependency+pct",
};

const OTHER_TAGS = {
  level: "#meta+level",
  kind: "#meta+kind",
  psgc_code: "#meta+code+psgc",
  auto_sync: "#status+auto_sync",
  is_deleted: "#status+archived",
  deleted_at: "#date+archived",
  updated_at: "#date+updated",
  total_provinces: "#indicator+provinces+num",
  total_municipalities: "#indicator+municipalities+num",
  total_obc_communities: "#indicator+obc_communities+num",
  key_municipalities: "#description+municipalities",
  key_barangays: "#description+barangays",
  existing_support_programs: "#activity+name",
};

const TAGS: Readonly<Record<string, string>> = {
  ...PLACE_TAGS,
  ...FIELD_TAGS,
  ...COMMUNITY_TAGS,
  ...RATIO_TAGS,
  ...OTHER_TAGS,
};

/** The HXL tag of a column; "" for a column without one, which HXL allows. */
export function hxlTag(column: string): string {
  return TAGS[column] ?? "";
}

/** Whether a row is one of HXL tags: every cell that has something has a tag. */
export function isHxlRow(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== "");
  return filled.length > 1 && filled.every((cell) => /^#[a-z][a-z0-9_]*(\s*\+[a-z][a-z0-9_]*)*$/i.test(cell.trim()));
}
