/**
 * A few places with codes in OBCMS's style, and the communities and coverages stored for each. The places are real (source:
 * PSGC, Philippine Statistics Authority), except for the barangays and spellings noted below. The communities are made up.
 */
export interface StoredCoverage {
  manual?: true;
  archived?: true;
  /** Every figure is null. Otherwise the figures are set, but wrong. */
  blank?: true;
}

export interface ObcmsProvince {
  region: string;
  code: string;
  name: string;
  coverage?: StoredCoverage;
  municipalities: ObcmsMunicipality[];
}

export interface ObcmsMunicipality {
  name: string;
  /** Separated by semicolons. */
  barangays: string;
  /** The first so many barangays have a community. */
  communities: number;
  /** Whether every community is archived, or has no figures. */
  allCommunities?: "archived" | "blank";
  coverage?: StoredCoverage;
}

export const OBCMS_REGIONS: Record<string, string> = {
  IX: "Region IX (Zamboanga Peninsula)",
  X: "Region X (Northern Mindanao)",
  XI: "Region XI (Davao Region)",
};

export const OBCMS_PROVINCES: ObcmsProvince[] = [
  {
    region: "X",
    code: "BUKIDNON",
    name: "Bukidnon",
    coverage: {},
    municipalities: [
      {
        // Names after Imbatug are made up, to sort differently by collation and by code point.
        name: "Baungon",
        barangays:
          "Balintad; Imbatug; poblacion; Poblacion; POBLACION; Ñuño; Nuno; Zamora; (Old) Baras; Ali-Maya; Ali Maya; Bgy. No. 42, Apaya; Buenavista",
        communities: 12,
      },
      { name: "Damulog", barangays: "Aludas; Angga-an; Tangkulan; Kinapat; Kiraon", communities: 4, coverage: {} },
      {
        name: "Cabanglasan",
        barangays: "Cabulohan; Canangaan; Iba; Imbatug; Lambangan",
        communities: 3,
        coverage: { manual: true },
      },
      {
        name: "Kalilangan",
        barangays: "Bangbang; Baborawon; Canituan; Kibaning; Kinura",
        communities: 3,
        coverage: { archived: true },
      },
      { name: "Pangantucan", barangays: "Adtuyon; Bacusanon; Bangahan; Barandias", communities: 0, coverage: {} },
      {
        name: "Don Carlos",
        barangays: "Cabadiangan; Bocboc; Buyot; Calaocalao",
        communities: 3,
        allCommunities: "archived",
      },
    ],
  },
  {
    region: "X",
    code: "LANAO_DEL_NORTE",
    name: "Lanao del Norte",
    municipalities: [
      // PSGC: Maria-Cristina.
      { name: "Baloi", barangays: "Abaga; Adapun-Ali; Maria Cristina; Lumbac; Nangka", communities: 4, coverage: {} },
      // The second Poblacion is made up.
      { name: "Kauswagan", barangays: "Poblacion; Poblacion; Bara-ason; Tacub; Tugar", communities: 4 },
      {
        name: "Tubod",
        barangays: "Barakanas; Baris; Bualan; Bulod; Camp V",
        communities: 3,
        allCommunities: "blank",
        coverage: { blank: true },
      },
      { name: "Kolambugan", barangays: "Austin Heights; Baybay; Bubong; Caromatan", communities: 0 },
      {
        name: "Maigo",
        barangays: "Balagatasa; Camp 1; Claro M. Recto; Inoma; Labuay",
        communities: 3,
        coverage: { manual: true, blank: true },
      },
    ],
  },
  {
    region: "IX",
    code: "ZAMBOANGA_DEL_SUR",
    name: "Zamboanga del Sur",
    coverage: { manual: true },
    municipalities: [
      // PSGC: City of Pagadian.
      {
        name: "Pagadian City",
        barangays: "Alegria; Balangasan; Balintawak; Baloyboan; Banale; Bogo",
        communities: 4,
      },
      {
        name: "Aurora",
        barangays: "Acad; Alang-alang; Alegria; Anonang; Bagong Mandaue",
        communities: 2,
        allCommunities: "archived",
        coverage: {},
      },
    ],
  },
  {
    region: "IX",
    code: "HUC_ISABELA_CITY",
    name: "City of Isabela (Not a Province)",
    coverage: { archived: true },
    municipalities: [
      {
        // PSGC: Dona Ramona T. Alano.
        name: "City of Isabela",
        barangays: "Aguada; Balatanay; Baluno; Begang; Binuangan; Doña Ramona T. Alano",
        communities: 5,
        coverage: { manual: true, archived: true },
      },
    ],
  },
  {
    region: "XI",
    code: "HUC_DAVAO_CITY",
    name: "City of Davao",
    municipalities: [
      {
        // The last two are made up: their codes are equal once cut to 64 characters.
        name: "City of Davao",
        barangays:
          "Acacia; Agdao; Alambre; Bago Oshiro; Baguio; Balengaeng; Baliok; Old Market by the River of Kapatagan, Upper; Old Market by the River of Kapatagan, Lower",
        communities: 9,
      },
    ],
  },
];
