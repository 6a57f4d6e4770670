import { UsageError } from "../errors.ts";
import { EXPORT_ONLY_COLUMNS } from "../figures/figure-columns.ts";
import { COMMUNITY_COLUMNS } from "../records/community.ts";

/** The columns that identify a row's barangay: its code, or its name and the names of the units above it. */
export const CODE_COLUMN = "barangay_code";
export const NAME_COLUMNS = ["region", "province", "municipality", "barangay"] as const;

const KNOWN: ReadonlySet<string> = new Set([CODE_COLUMN, ...NAME_COLUMNS, ...COMMUNITY_COLUMNS]);

/** The columns that a rejects file adds after the original ones. Ignored when that file is imported. */
export const REJECT_COLUMNS = ["row", "column", "code", "message"] as const;

/** Those of a rejects file that is a workbook: with the reference of each bad cell, such as J8. */
export const REJECT_CELL_COLUMNS = ["row", "cell", "column", "code", "message"] as const;

/** The columns of an export that no import sets. Ignored, so that what was exported can be edited and imported. */
const EXPORT_ONLY: ReadonlySet<string> = new Set(EXPORT_ONLY_COLUMNS);

/** Other headings that field offices use. Case, blanks, punctuation, "No. of" and "count" are ignored. */
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

/** Removes case, blanks, punctuation and diacritics. "60+" becomes "60plus": 60 alone would mean something else. */
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

/** A heading that the user mapped to a column. */
export interface MappedHeading {
  /** As the user wrote it. */
  heading: string;
  /** Null ignores the column. */
  column: string | null;
  /** Whether a file may lack it, as in a mapping for several files. */
  optional: boolean;
}

/** The mapped headings, squeezed. */
export type ColumnMapping = ReadonlyMap<string, MappedHeading>;

/** The column of a heading; null where the user ignores it, undefined where the heading is unknown. */
export function columnNamed(heading: string, mapping: ColumnMapping): string | null | undefined {
  const squeezed = squeezeHeading(heading);
  const mapped = mapping.get(squeezed);
  if (mapped !== undefined) return mapped.column;
  if (EXPORT_ONLY.has(heading.trim())) return null;
  return BY_HEADING.get(squeezed) ?? BY_HEADING.get(withoutCounting(squeezed));
}

/**
 * Reads pairs of a heading and a column; an empty or null column ignores the heading.
 *
 * @throws UsageError for an unknown column
 */
export function readColumnMapping(
  pairs: ReadonlyArray<readonly [heading: string, column: string | null]>,
  { optional }: Pick<MappedHeading, "optional"> = { optional: false },
): ColumnMapping {
  const mapping = new Map<string, MappedHeading>();
  for (const [heading, text] of pairs) {
    const wanted = (text ?? "").trim();
    const column = wanted === "" ? null : BY_HEADING.get(squeezeHeading(wanted));
    if (column === undefined) {
      throw new UsageError(
        `"${heading}" cannot be mapped to "${wanted}": unknown column`,
        `The known columns are: ${[...KNOWN].join(", ")}. Map it to nothing to ignore it.`,
      );
    }
    mapping.set(squeezeHeading(heading), { heading, column, optional });
  }
  return mapping;
}

export function isCommunityColumn(column: string): boolean {
  return COMMUNITY_COLUMNS.includes(column);
}
