import { isField } from "../fields.ts";
import { type ColumnMapping, columnNamed, meaningOf } from "./import-columns.ts";
import { isCountingOnly, wordsOf } from "./known/heading-words.ts";

/**
 * Joins the two rows of a header. The lower heading counts, except where it says no more than "No." or "Total", or where the
 * heading above it changes its meaning: "Female" below "Senior Citizens" are not all women. The upper heading is kept, too,
 * where it may change the meaning in a manner that is not known: "Households" below "Non-Muslim".
 */
export function joinHeadings(upper: readonly string[], lower: readonly string[], mapping: ColumnMapping): string[] {
  const width = Math.max(upper.length, lower.length);
  let over = "";
  /** Whether it is over several columns: the one that it stands in has a lower heading, too. */
  let isGroup = false;
  return Array.from({ length: width }, (_, column) => {
    const [above, below] = [(upper[column] ?? "").trim(), (lower[column] ?? "").trim()];
    // A heading is over all columns up to the next one: only the first of merged cells has a text.
    if (above !== "" || below === "") [over, isGroup] = [above, below !== ""];
    if (below === "") return upper[column] ?? "";
    if (over !== "" && isCountingOnly(below)) return over;
    const isKept = narrows(over, below, mapping) || (isGroup && qualifies(over, below, mapping));
    return isKept ? `${over} ${below}` : (lower[column] ?? "");
  });
}

/** Whether the upper heading names people of whom the lower one counts a part. */
function narrows(upper: string, lower: string, mapping: ColumnMapping): boolean {
  const above = upper === "" ? null : meaningOf(upper, mapping);
  const below = columnNamed(lower, mapping);
  if (above?.kind !== "column" || !isField(above.column) || below === null || below === above.column) return false;
  // Everybody counted in a community is of its population.
  if (above.column === "estimated_obc_population") return false;
  // An age group says by itself which people it counts: "10-14" below "Children".
  return isField(below) && !/\d/.test(lower);
}

/** Words of upper headings that only say what kind of figures stand below: "Demographic Profile", "No. of OBC by Age Group". */
const NEUTRAL = new Set([
  ...[
    "a",
    "an",
    "and",
    "as",
    "by",
    "for",
    "from",
    "in",
    "of",
    "on",
    "or",
    "per",
    "the",
    "to",
    "with",
    "ng",
    "sa",
    "mga",
  ],
  ...[
    "no",
    "nos",
    "number",
    "numbers",
    "total",
    "count",
    "counts",
    "bilang",
    "data",
    "figures",
    "information",
    "statistics",
  ],
  ...["profile", "details", "distribution", "breakdown", "indicators", "composition", "structure", "summary", "basic"],
  ...["obc", "obcs", "muslim", "muslims", "bangsamoro", "moro", "community", "communities", "barangay", "municipality"],
  ...["population", "people", "peoples", "persons", "individuals", "members", "residents", "inhabitants", "household"],
  ...["demographic", "demographics", "demography", "social", "socio", "economic", "socioeconomic", "sector", "sectors"],
  ...["sectoral", "vulnerable", "special", "marginalized", "disadvantaged", "priority", "group", "groups", "category"],
  ...[
    "age",
    "ages",
    "sex",
    "gender",
    "years",
    "old",
    "bracket",
    "brackets",
    "range",
    "status",
    "civil",
    "disaggregated",
  ],
  ...["livelihood", "livelihoods", "occupation", "occupations", "employment", "work", "income", "source", "sources"],
  ...[
    "organization",
    "organizations",
    "institution",
    "institutions",
    "enterprise",
    "enterprises",
    "business",
    "facilities",
  ],
  ...[
    "services",
    "infrastructure",
    "religious",
    "islamic",
    "education",
    "educational",
    "religion",
    "places",
    "worship",
  ],
  ...["location", "place", "address", "identification", "geographic", "coordinates", "name", "names"],
]);

/** Whether the upper heading has a word that may make other figures of those that the lower one means. */
function qualifies(upper: string, lower: string, mapping: ColumnMapping): boolean {
  const below = columnNamed(lower, mapping);
  if (upper === "" || below === null || !isField(below) || meaningOf(upper, mapping).kind !== "unknown") return false;
  const words = wordsOf(upper).filter((word) => !/^(19|20)\d\d$/.test(word));
  return words.some((word) => !NEUTRAL.has(word));
}
