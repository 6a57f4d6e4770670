/**
 * The headings that field offices use, by the column that they mean, in English, Filipino and Cebuano. Case, blanks,
 * punctuation, counting words and years are ignored (see heading-words.ts). docs/import.md lists them.
 */

/** The column of the barangay's code. */
export const CODE_COLUMN = "barangay_code";
/** The columns of the barangay's name and the names of the units above it. */
export const NAME_COLUMNS = ["region", "province", "municipality", "barangay"] as const;

export const KNOWN_HEADINGS: Readonly<Record<string, string>> = {
  [CODE_COLUMN]:
    "PSGC, PSGC No, PSGC code, 10-digit PSGC, Brgy Code, Bgy Code, Barangay PSGC, Barangay PSGC Code, Code",
  region: "Region Name, Reg, Rehiyon",
  province: "Province Name, Prov, Province/HUC, Lalawigan, Probinsya, Probinsiya",
  municipality:
    "City, Town, City/Municipality, Municipality/City, Mun, Muni, City/Mun, Mun/City, CityMun, Municipality Name, Municipality or City, City or Municipality, Munisipyo, Munisipalidad, Bayan, Lungsod, Dakbayan, Bayan/Lungsod, Lungsod/Bayan",
  barangay: "Brgy, Bgy, Baranggay, Barangay Name, Brgy Name, Name of Barangay, Name of Brgy, Barangays",
  estimated_obc_population:
    "OBC Population, Est OBC Population, Estimated OBC Pop, OBC Pop, OBC Popn, Population of OBC, Estimated Population of OBC, Muslim Population, Populasyon ng OBC",
  total_barangay_population:
    "Barangay Population, Barangay Pop, Brgy Population, Brgy Pop, Bgy Population, Total Brgy Population, Population of Barangay, Populasyon ng Barangay, Populasyon sa Barangay",
  households: "HH, HHs, Household, OBC Households, Household Count, Sambahayan, Kabahayan, Panimalay",
  families: "Family, OBC Families, Pamilya, Mag-anak",
  children_0_9: "Children, Children 0 to 9, Children (0-9 years old), Age 0-9, 0-9, 0-9 years old, 0-9 yrs old, Bata",
  adolescents_10_14: "Adolescents, Adolescents 10 to 14, Age 10-14, 10-14, 10-14 years old, 10-14 yrs old",
  youth_15_30: "Youth, Youth 15 to 30, Age 15-30, 15-30, 15-30 years old, 15-30 yrs old, Kabatan-onan",
  adults_31_59: "Adults, Adults 31 to 59, Age 31-59, 31-59, 31-59 years old, 31-59 yrs old",
  seniors_60_plus:
    "Seniors, Senior Citizens, Elderly, Seniors 60+, Senior Citizens (60+), Age 60+, 60+, 60 and above, 60 years old and above, Matatanda, Nakatatanda, Tigulang, Katigulangan",
  women_count: "Women, Female, Females, Kababaihan, Babae, Babaye, Kababayen-an",
  solo_parents_count: "Solo Parents, Solo Parent, Single Parents, Solong Magulang, Solo nga Ginikanan",
  pwd_count: "PWD, PWDs, Persons with Disability, Persons with Disabilities, May Kapansanan, Taong May Kapansanan",
  farmers_count: "Farmers, Farmer, Magsasaka, Mag-uuma",
  fisherfolk_count: "Fisherfolk, Fisherfolks, Fishermen, Fishers, Mangingisda, Mananagat",
  unemployed_count: "Unemployed, Walang Trabaho, Walang Hanapbuhay, Walay Trabaho",
  indigenous_peoples_count: "IP, IPs, Indigenous Peoples, Indigenous People, Katutubo",
  idps_count: "IDP, IDPs, Internally Displaced Persons, Bakwit",
  migrants_transients_count: "Migrants, Transients, Migrants and Transients, Migrants/Transients",
  csos_count: "CSO, CSOs, Civil Society Organizations",
  associations_count: "Associations, Association, Asosasyon",
  number_of_peoples_organizations: "PO, POs, Peoples Organizations, People's Organizations",
  number_of_cooperatives: "Cooperatives, Coops, Cooperative, Kooperatiba",
  number_of_social_enterprises: "Social Enterprises, Social Enterprise",
  number_of_micro_enterprises: "Micro Enterprises, Microenterprises, Micro-enterprise",
  number_of_unbanked_obc: "Unbanked, Unbanked OBC, Unbanked OBCs",
  mosques_count: "Mosque, Mosques, Masjid, Masajid, Moske",
  madrasah_count: "Madrasah, Madaris, Madrasa, Madrasahs, Madrasas",
  asatidz_count: "Asatidz, Asatidh, Ustadz, Asatiz",
  religious_leaders_count: "Religious Leaders, Religious Leader, Imams",
  obc_id: "OBC ID, OBC ID No",
  community_names: "Community, Communities, Community Name, Name of Community, Names of Communities",
  settlement_type: "Settlement",
  primary_ethnolinguistic_group: "Ethnolinguistic Group, Primary Ethnolinguistic, Tribe, Ethnic Group, Ethnicity",
  proximity_to_barmm: "Proximity",
  source_document_reference: "Source, Source Document, Reference",
  notes: "Note, Remarks, Remark",
  latitude: "Lat",
  longitude: "Long, Lng, Lon",
};

/**
 * Headings of a population that do not say whose. They mean that of the community, or that of the whole barangay where
 * another column is the community's.
 */
export const UNSPECIFIC_POPULATION =
  "Population, Pop, Popn, Populasyon, Total Population, Total Pop, Total Popn, Estimated Population, Est Population, Est Pop, Kabuuang Populasyon, Kinatibuk-ang Populasyon";

/** Headings of a column that numbers the rows. It is passed over. */
export const ROW_NUMBERS = "No, Nos, #, Blg, Item, Item No, Row, Row No, Seq, Seq No, Line No, S/N, SN";

/** Headings that are understood, but that no field corresponds to, by what they count. They are passed over. */
export const NOT_OURS: Readonly<Record<string, string>> = {
  men: "Men, Male, Males, Lalaki, Kalalakihan, Kalalakin-an",
};

/** Headings with several meanings, the likeliest first: Kabataan is youth in Filipino, children in Cebuano. */
export const SEVERAL_MEANINGS: Readonly<Record<string, readonly string[]>> = {
  Kabataan: ["youth_15_30", "children_0_9"],
  Samahan: ["associations_count", "number_of_peoples_organizations"],
  Organizations: ["csos_count", "number_of_peoples_organizations"],
};
