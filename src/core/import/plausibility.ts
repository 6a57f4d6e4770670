import { AGE_GROUPS, type Field } from "../fields.ts";

/** Fields that cannot be above another one, of which they are a part. */
const PARTS: ReadonlyArray<readonly [part: Field, whole: Field]> = [
  ["estimated_obc_population", "total_barangay_population"],
  ["households", "estimated_obc_population"],
  ["families", "estimated_obc_population"],
  ["women_count", "estimated_obc_population"],
  ["solo_parents_count", "estimated_obc_population"],
  ["pwd_count", "estimated_obc_population"],
  ["farmers_count", "estimated_obc_population"],
  ["fisherfolk_count", "estimated_obc_population"],
  ["unemployed_count", "estimated_obc_population"],
  ["indigenous_peoples_count", "estimated_obc_population"],
  ["idps_count", "estimated_obc_population"],
  ["number_of_unbanked_obc", "estimated_obc_population"],
];

/** How many times a figure may grow or shrink before it is worth a look. */
export const JUMP_FACTOR = 10;

export interface Implausibility {
  column: Field;
  value: number;
  message: string;
}

/**
 * What in a community's figures cannot be: parts above their whole, and people beyond the barangay's population. Only
 * figures that are given are compared.
 *
 * @param population the barangay's in the geography; null where it is not known
 */
export function implausibleFigures(
  figureOf: (field: Field) => number | null,
  population: number | null,
): Implausibility[] {
  const found: Implausibility[] = [];
  for (const [part, whole] of PARTS) {
    const figure = figureOf(part);
    const limit = figureOf(whole);
    if (figure !== null && limit !== null && figure > limit) {
      found.push({ column: part, value: figure, message: `above ${whole}, which is ${limit}` });
    }
  }
  const people = figureOf("estimated_obc_population");
  if (people === null) return found;
  const ages = AGE_GROUPS.reduce((sum, field) => sum + (figureOf(field) ?? 0), 0);
  if (ages > people) {
    found.push({
      column: "estimated_obc_population",
      value: people,
      message: `the age groups add up to ${ages}, more than it`,
    });
  }
  if (population !== null && people > population) {
    found.push({
      column: "estimated_obc_population",
      value: people,
      message: `above the barangay's census population, ${population}`,
    });
  }
  return found;
}
