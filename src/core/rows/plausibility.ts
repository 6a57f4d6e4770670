import { AGE_GROUPS, type Field } from "../fields.ts";
import { grouped } from "../grouped.ts";
import { PARTS_AND_WHOLES } from "../records/parts-and-wholes.ts";

/** Import warns about a figure that grows or shrinks by more than this factor. */
export const JUMP_FACTOR = 10;

export interface Implausibility {
  column: Field;
  value: number;
  message: string;
}

/**
 * Finds contradictions among the figures of one community: a part that exceeds its whole, age groups that add up to
 * more than the population, and a population larger than the barangay's. Blank figures are not compared.
 *
 * @param population census population of the barangay; null where the geography has none
 */
export function implausibleFigures(
  figureOf: (field: Field) => number | null,
  population: number | null,
): Implausibility[] {
  const found: Implausibility[] = [];
  for (const [part, whole] of PARTS_AND_WHOLES) {
    const figure = figureOf(part);
    const limit = figureOf(whole);
    if (figure !== null && limit !== null && figure > limit) {
      found.push({ column: part, value: figure, message: `above ${whole}, which is ${grouped(limit)}` });
    }
  }
  const people = figureOf("estimated_obc_population");
  if (people === null) return found;
  const ages = AGE_GROUPS.map((group) => figureOf(group) ?? 0);
  const sum = ages.reduce((total, figure) => total + figure, 0);
  // Where one age group alone exceeds the population, it has its own warning above.
  if (sum > people && ages.every((figure) => figure <= people)) {
    found.push({
      column: "estimated_obc_population",
      value: people,
      message: `below the sum of the age groups, which is ${grouped(sum)}`,
    });
  }
  if (population !== null && people > population) {
    found.push({
      column: "estimated_obc_population",
      value: people,
      message: `above the barangay's census population, which is ${grouped(population)}`,
    });
  }
  return found;
}
