import { AGE_GROUPS, type Field } from "../fields.ts";

/**
 * Counts of some of a community's people, or of groups of at least one person, ordered as in the registry of fields.
 * Migrants and transients are not among them, nor are teachers and religious leaders: they may live elsewhere.
 */
const PARTS_OF_POPULATION: readonly Field[] = [
  "households",
  "families",
  ...AGE_GROUPS,
  "women_count",
  "solo_parents_count",
  "pwd_count",
  "farmers_count",
  "fisherfolk_count",
  "unemployed_count",
  "indigenous_peoples_count",
  "idps_count",
  "number_of_unbanked_obc",
];

export type PartAndWhole = readonly [part: Field, whole: Field];

/** Pairs of fields of one community of which the first cannot exceed the second. A null field limits nothing. */
export const PARTS_AND_WHOLES: readonly PartAndWhole[] = [
  ["estimated_obc_population", "total_barangay_population"],
  ...PARTS_OF_POPULATION.map((part): PartAndWhole => [part, "estimated_obc_population"]),
];
