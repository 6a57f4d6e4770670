import { UsageError } from "../errors.ts";
import { COMMUNITY_COLUMNS } from "../records/community.ts";

/** What names a row's barangay: its code, or its name with those of the units above it. */
export const CODE_COLUMN = "barangay_code";
export const NAME_COLUMNS = ["region", "province", "municipality", "barangay"] as const;

const KNOWN: ReadonlySet<string> = new Set([CODE_COLUMN, ...NAME_COLUMNS, ...COMMUNITY_COLUMNS]);

/** The columns that a rejects file has behind the original ones; passed over when it is imported again. */
export const REJECT_COLUMNS = ["row", "column", "code", "message"] as const;

/** Other headings that field offices use. Case, blanks and punctuation do not matter, nor "No. of" and "count". */
const ALIASES: Record<string, string> = {
  "PSGC, PSGC code, 10-digit PSGC, Brgy Code, Bgy Code, Barangay PSGC, Barangay PSGC Code, Code": CODE_COLUMN,
  "Region Name, Reg": "region",
  "Province Name, Prov, Province/HUC": "province",
  "City, Town, City/Municipality, Municipality/City, Mun, Muni, City/Mun, Mun/City, CityMun, Municipality Name, Municipality or City, City or Municipality":
    "municipality",
  "Brgy, Bgy, Barangay Name, Brgy Name, Name of Barangay, Barangays": "barangay",
  "OBC Population, Est OBC Population, Estimated OBC Pop, OBC Pop, Population of OBC, Estimated Population of OBC, Muslim Population":
    "estimated_obc_population",
  "Barangay Population, Brgy Population, Bgy Population, Total Brgy Population, Population of Barangay":
    "total_barangay_population",
  "HH, HHs, Household, OBC Households, Household Count": "households",
  "Family, OBC Families": "families",
  "Children, Children 0 to 9, Children (0-9 years old), Age 0-9, 0-9, 0-9 years old": "children_0_9",
  "Adolescents, Adolescents 10 to 14, Age 10-14, 10-14, 10-14 years old": "adolescents_10_14",
  "Youth, Youth 15 to 30, Age 15-30, 15-30, 15-30 years old": "youth_15_30",
  "Adults, Adults 31 to 59, Age 31-59, 31-59, 31-59 years old": "adults_31_59",
  "Seniors, Senior Citizens, Elderly, Seniors 60+, Senior Citizens (60+), Age 60+, 60+, 60 and above":
    "seniors_60_plus",
  "Women, Female, Females": "women_count",
  "Solo Parents, Solo Parent, Single Parents": "solo_parents_count",
  "PWD, PWDs, Persons with Disability, Persons with Disabilities": "pwd_count",
  "Farmers, Farmer": "farmers_count",
  "Fisherfolk, Fisherfolks, Fishermen, Fishers": "fisherfolk_count",
  Unemployed: "unemployed_count",
  "IP, IPs, Indigenous Peoples, Indigenous People": "indigenous_peoples_count",
  "IDP, IDPs, Internally Displaced Persons": "idps_count",
  "Migrants, Transients, Migrants and Transients, Migrants/Transients": "migrants_transients_count",
  "CSO, CSOs, Civil Society Organizations": "csos_count",
  "Associations, Association": "associations_count",
  "PO, POs, Peoples Organizations, People's Organizations": "number_of_peoples_organizations",
  "Cooperatives, Coops, Cooperative": "number_of_cooperatives",
  "Social Enterprises, Social Enterprise": "number_of_social_enterprises",
  "Micro Enterprises, Microenterprises, Micro-enterprise": "number_of_micro_enterprises",
  "Unbanked, Unbanked OBC, Unbanked OBCs": "number_of_unbanked_obc",
  "Mosque, Mosques, Masjid, Masajid": "mosques_count",
  "Madrasah, Madaris, Madrasa, Madrasahs, Madrasas": "madrasah_count",
  "Asatidz, Asatidh, Ustadz, Asatiz": "asatidz_count",
  "Religious Leaders, Religious Leader, Imams": "religious_leaders_count",
  "OBC ID": "obc_id",
  "Community, Communities, Community Name, Name of Community, Names of Communities": "community_names",
  Settlement: "settlement_type",
  "Ethnolinguistic Group, Primary Ethnolinguistic, Tribe, Ethnic Group, Ethnicity": "primary_ethnolinguistic_group",
  Proximity: "proximity_to_barmm",
  "Source, Source Document, Reference": "source_document_reference",
  "Note, Remarks, Remark": "notes",
  Lat: "latitude",
  "Long, Lng, Lon": "longitude",
};

/** A heading without case, blanks, punctuation and diacritics. "60+" keeps its plus: 60 alone would be another thing. */
export function squeezeHeading(heading: string): string {
  return heading
    .normalize("NFD")
    .toLowerCase()
    .replace(/\+/g, "plus")
    .replace(/&/g, "and")
    .replace(/[^a-z0-9]/g, "");
}

function withoutCounting(squeezed: string): string {
  return squeezed.replace(/^(total)?(noof|numberof|nos?of|number)/, "").replace(/(count|nos?|total)$/, "");
}

const BY_HEADING = new Map<string, string>();
for (const [headings, column] of Object.entries(ALIASES)) {
  for (const heading of headings.split(", ")) BY_HEADING.set(squeezeHeading(heading), column);
}
for (const column of KNOWN) BY_HEADING.set(squeezeHeading(column), column);

/** What the user says a heading means: a column, or null to pass it over. By squeezed heading. */
export type ColumnMapping = ReadonlyMap<string, string | null>;

/** The column that a heading means; null where it is to be passed over, undefined where nobody knows it. */
export function columnNamed(heading: string, mapping: ColumnMapping): string | null | undefined {
  const squeezed = squeezeHeading(heading);
  if (mapping.has(squeezed)) return mapping.get(squeezed);
  return BY_HEADING.get(squeezed) ?? BY_HEADING.get(withoutCounting(squeezed));
}

/**
 * Reads "Their Column=field" pairs; an empty field passes the column over.
 *
 * @throws UsageError for what is no pair or no known column
 */
export function readColumnMapping(
  pairs: ReadonlyArray<readonly [heading: string, column: string | null]>,
): ColumnMapping {
  const mapping = new Map<string, string | null>();
  for (const [heading, text] of pairs) {
    const wanted = (text ?? "").trim();
    const column = wanted === "" ? null : BY_HEADING.get(squeezeHeading(wanted));
    if (column === undefined) {
      throw new UsageError(
        `"${heading}" cannot be mapped to "${wanted}": there is no such column`,
        `Known are: ${[...KNOWN].join(", ")}; or nothing, to pass the column over.`,
      );
    }
    mapping.set(squeezeHeading(heading), column);
  }
  return mapping;
}

export function isCommunityColumn(column: string): boolean {
  return COMMUNITY_COLUMNS.includes(column);
}
