/** "1 coverage" and "2 coverages". */
function counted(count: string, one: string, several: string): string {
  return `${count} ${count === "1" ? one : several}`;
}

/** The texts of a report in English. */
export const en = {
  language: "en" as "en" | "fil",
  months: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
  kicker: "Other Bangsamoro Communities",
  country: "Philippines",
  subtitle: "Coverage by region, province and municipality",
  kinds: { region: "Region", province: "Province", municipality: "Municipality" },
  scopeOfSeveral: (count: string, kind: "region" | "province" | "municipality") =>
    `${count} ${{ region: "regions", province: "provinces", municipality: "municipalities" }[kind]}`,
  asOf: "As of",
  edition: "Geography",
  database: "Database",
  lastSync: "Last sync",
  never: "never",
  unknown: "not known",
  notices: {
    example:
      "The figures of the example file of obc-sync are in this database. They are made up, and must not be quoted.",
    manual: (count: string) =>
      `${counted(count, "coverage is", "coverages are")} manual: a person entered the figures, which need not agree with the communities.`,
  },
  past: {
    figures: (time: string, run: number) =>
      `These are the figures as of ${time}${run === 0 ? "" : `, after run ${run} of obc-sync`}, rebuilt from what its runs have changed since. The checks of analyze look at today's figures and are left out.`,
    places: "Names, codes and parents of places are those of today: places have been imported since.",
    foreign: (count: string) =>
      `${count === "1" ? "1 unit was" : `${count} units were`} changed by another program since: shown as the last run before left them, blank where nobody knows, or left out if new`,
    syncs: (count: string) =>
      `In ${count === "1" ? "1 municipality" : `${count} municipalities`} a later sync found communities changed by another program, which may have had other figures`,
  },
  contents: "Contents",
  noFigure: "no figure",
  of: (part: string, whole: string) => `${part} of ${whole}`,
  key: {
    heading: "The figures that matter",
    communities: "Communities",
    inBarangays: (share: string, barangays: string) => `in ${share} % of ${barangays} barangays`,
    population: "OBC population",
    ofBarangays: (share: string) => `persons, ${share} % of the people of their barangays`,
    persons: "persons",
    households: "Households",
    perHousehold: (size: string) => `${size} persons each`,
    municipalities: "Municipalities covered",
    ofMunicipalities: (all: string, provinces: string) =>
      `of ${all}, in ${counted(provinces, "province or city", "provinces and cities")}`,
    ofMunicipalitiesOnly: (all: string) => `of ${all}`,
    missing: "no figure in the coverages or the communities",
    fromCommunities: "summed from communities",
  },
  map: {
    heading: "Where the people live",
    headingCommunities: "Where the communities are",
    caption: (figure: string) => `${figure}, in classes of about as many units each`,
    description: "A map of the units, shaded by class. The table further down has the same figures.",
    locator: "Where the units of this report are",
    noData: "no community recorded",
    outside: "outside this report",
    zero: "none",
    largest: "The largest",
    inset: "Metro Manila",
    together: "Drawn together, added up",
    undrawn: "Not on the map: no borders",
    nothing:
      "No map can be drawn: none of the units has a PSGC code that the borders know. Run: obc-sync import geography",
    unmatched: (count: string) => `${counted(count, "shape", "shapes")} of the file with no PSGC code.`,
    source: (source: string) => `Borders: ${source}. They are generalized, and not authoritative.`,
    units: (count: string) => counted(count, "unit", "units"),
  },
  bars: {
    heading: { region: "Regions compared", province: "Provinces compared", municipality: "Municipalities compared" },
    caption: (figure: string) => `${figure}, largest first`,
    share: "Share",
    others: (count: string) => counted(count, "smaller unit", "smaller units"),
  },
  table: {
    heading: "Region by region",
    caption: "Communities and people by region, province and municipality",
    unit: "Unit",
    columns: {
      communities: "Communities",
      population: "OBC population",
      share: "Of barangay population, %",
      households: "Households",
      size: "Persons per household",
      women: "Women, %",
      filled: "Figures filled, %",
    },
    total: "Total",
    filter: "Filter by name or code",
    unfoldAll: "Unfold all",
    foldAll: "Fold all",
    unfold: "Municipalities of",
    shown: "rows shown",
    sort: "Sort by",
    states: {
      manual: "manual",
      archived: "archived, not counted",
      none: "no coverage",
      automatic: "",
      sum: "",
    },
    part: "only the municipalities in this report",
    note: "A manual coverage has figures that a person entered. Archived coverages are in no total. A share or an average is of the stored totals; where communities leave one of the two figures blank, it is off, and it is not shown above 100.",
  },
  structure: {
    heading: "Age and sex",
    age: "Age groups",
    sex: "Sex",
    persons: "Persons",
    share: "Share, %",
    group: "Group",
    women: "Women",
    others: "Men, and not stated",
    dependency: (ratio: string) =>
      `Dependency ratio: ${ratio} persons of 0 to 14 years or of 60 and more for every 100 of 15 to 59.`,
    addUp: (sum: string, population: string, share: string) =>
      `The age groups add up to ${sum}, ${share} % of the OBC population of ${population}.`,
    none: "The coverages and communities have no figures by age and sex.",
    caution: "Communities that leave a group blank are missing from it.",
  },
  fields: {
    heading: "All figures",
    caption: "Totals, and the communities that have the figure",
    figure: "Figure",
    total: "Total",
    communities: "Communities with the figure",
    share: "Filled, %",
    groups: {
      people: "People",
      age: "Age groups",
      conditions: "Conditions and occupations",
      organizations: "Organizations and livelihood",
      religion: "Religion and learning",
    },
    fromCommunities: "summed from communities: the coverages leave it blank",
  },
  missing: {
    heading: "What is missing",
    nothing: "Nothing is missing: every figure of every community is filled in, and every coverage is automatic.",
    blank: (blank: string, all: string, share: string) =>
      `${blank} of ${all} figures of communities are blank (${share} %). A total skips blanks, so it is too small.`,
    whole: (fields: string) => `No community has: ${fields}.`,
    manual: (count: string) =>
      `${counted(count, "manual coverage", "manual coverages")}. A person entered the figures; the communities may differ.`,
    archived: (count: string) =>
      `${counted(count, "archived coverage", "archived coverages")}. The figures are in no total.`,
    archivedCommunities: (count: string) =>
      `${counted(count, "archived community", "archived communities")}, which no total counts.`,
    uncovered: (count: string) =>
      `${counted(count, "municipality has", "municipalities have")} communities and no coverage. Run: obc-sync sync`,
    without: (count: string) =>
      `${counted(count, "municipality", "municipalities")} without a community on record, outside BARMM`,
    withoutInBarmm: (count: string) =>
      `${counted(count, "municipality of BARMM has", "municipalities of BARMM have")} none either, as expected: OBC are the communities outside it.`,
    unsynced: (count: string) =>
      `${counted(count, "change is", "changes are")} not in the coverages yet. Run: obc-sync sync --changed`,
  },
  findings: {
    heading: "Findings",
    intro: (errors: string, warnings: string, notes: string) =>
      `The checks found ${counted(errors, "error", "errors")}, ${counted(warnings, "warning", "warnings")} and ${counted(notes, "note", "notes")}. Each has the command that fixes or shows it.`,
    none: "The checks of the figures found nothing.",
    severities: { error: "Error", warning: "Warning", info: "Note" },
    more: (count: string, id: string) => `${count} in all. More of them: obc-sync analyze --check ${id} --sample 100`,
    unit: "Unit",
    figures: "Figures",
    remedy: "Command",
    clean: (count: string) => `${counted(count, "other check", "other checks")} found nothing.`,
  },
  changes: {
    heading: "What has changed",
    sinceTime: (time: string) => `Since ${time}:`,
    sinceRun: (run: string) => `Since run ${run}:`,
    summary: (runs: string, communities: string, created: string, removed: string) =>
      `${counted(runs, "run", "runs")} changed ${counted(communities, "community", "communities")}: ${created} added, ${removed} removed.`,
    none: "Nothing was changed by runs of obc-sync.",
    forgotten: "The values of some of these runs were forgotten (history prune), so their changes are not below.",
    foreign: "What other programs wrote is known only as far as a sync has seen it.",
    coverages: { municipality: "Municipality coverages that changed", province: "Province coverages that changed" },
    unit: "Unit",
    others: "Other figures",
    nothing: "none",
    runs: "Runs",
    run: "Run",
    finished: "Finished (UTC)",
    command: "Command",
    by: "By",
    file: "File",
    earlier: (count: string) => `and ${counted(count, "earlier run", "earlier runs")}`,
    more: (count: string) => `and ${counted(count, "more unit", "more units")}`,
  },
  sources: {
    heading: "Sources and notes",
    coverages:
      "The figures are those of the coverages: of province-level units, added up to regions and to the total. A coverage is the sum of its communities, unless a person maintains it (manual).",
    partial: "The totals are the sums of the municipalities in this report.",
    fromCommunities: (fields: string) =>
      `The coverages leave blank: ${fields}. Here these figures are sums over the communities on record; a manual coverage that has the figure counts with it.`,
    manual: "Figures marked manual were entered by a person and need not agree with the communities.",
    estimate: "Figures are estimates reported by communities, not a census.",
    geography: (edition: string) =>
      `Names and codes: Philippine Standard Geographic Code of the Philippine Statistics Authority, ${edition}.`,
    oldest: (oldest: string, newest: string) => `The coverages were last changed between ${oldest} and ${newest}.`,
    made: (time: string) =>
      `Made by obc-sync on ${time} from one consistent reading of the database. Nothing was written.`,
  },
  labels: {
    total_obc_communities: "Communities",
    estimated_obc_population: "OBC population",
    total_barangay_population: "Population of their barangays",
    households: "Households",
    families: "Families",
    children_0_9: "Children, 0 to 9 years",
    adolescents_10_14: "Adolescents, 10 to 14",
    youth_15_30: "Youth, 15 to 30",
    adults_31_59: "Adults, 31 to 59",
    seniors_60_plus: "Seniors, 60 and over",
    women_count: "Women",
    solo_parents_count: "Solo parents",
    pwd_count: "Persons with disability",
    farmers_count: "Farmers",
    fisherfolk_count: "Fisherfolk",
    unemployed_count: "Unemployed",
    indigenous_peoples_count: "Indigenous peoples",
    idps_count: "Internally displaced persons",
    migrants_transients_count: "Migrants and transients",
    csos_count: "Civil society organizations",
    associations_count: "Associations",
    number_of_peoples_organizations: "People's organizations",
    number_of_cooperatives: "Cooperatives",
    number_of_social_enterprises: "Social enterprises",
    number_of_micro_enterprises: "Micro-enterprises",
    number_of_unbanked_obc: "Persons without a bank account",
    mosques_count: "Mosques",
    madrasah_count: "Madrasah schools",
    asatidz_count: "Asatidz (teachers)",
    religious_leaders_count: "Religious leaders",
  },
};

/** The texts of a report. Every language has the same keys, or it does not compile. */
export type Texts = typeof en;
