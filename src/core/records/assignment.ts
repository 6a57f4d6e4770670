import { UsageError } from "../errors.ts";
import { isField, MAX_COVERAGE_FIGURE } from "../fields.ts";
import type { CoverageValue } from "../sync/planned-change.ts";
import { isNameList } from "../sync/sync-plan.ts";
import { COMMUNITY_COLUMNS, type CommunityValues } from "./community.ts";
import { coverageColumns, SUPPORT_PROGRAMS } from "./coverage.ts";
import { type Parsed, parseCommunityValue, parseFigure } from "./parse-value.ts";

/**
 * Parses the `field=value` arguments of `community set` and `coverage set`. An empty value clears the field.
 *
 * @throws UsageError naming the argument and the values that it takes
 */
function parseAssignments(
  assignments: readonly string[],
  columns: readonly string[],
  parse: (column: string, text: string) => Parsed<string | number | null>,
): Record<string, string | number | null> {
  const values: Record<string, string | number | null> = {};
  for (const assignment of assignments) {
    const [, column, text] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
    if (column === undefined || text === undefined) {
      throw new UsageError(`"${assignment}" does not have the form field=value`, "For example: households=200");
    }
    if (!columns.includes(column)) {
      throw new UsageError(`unknown field "${column}"`, `The fields are: ${columns.join(", ")}`);
    }
    if (column in values) throw new UsageError(`"${column}" is given more than once`, "Give it once.");
    const parsed = parse(column, text);
    if (parsed.problem !== null)
      throw new UsageError(`${column}: "${text}": ${parsed.problem}`, "Nothing was written.");
    values[column] = parsed.value;
  }
  return values;
}

export function parseCommunityAssignments(assignments: readonly string[]): CommunityValues {
  return parseAssignments(assignments, COMMUNITY_COLUMNS, parseCommunityValue) as CommunityValues;
}

/** Parses values of a coverage of either level. Its figures are sums, so they may be larger than a community's. */
export function parseCoverageAssignments(assignments: readonly string[]): Record<string, CoverageValue> {
  const columns = [...new Set([...coverageColumns("municipality"), ...coverageColumns("province")])];
  return parseAssignments(assignments, columns, (column, text) => {
    if (column === SUPPORT_PROGRAMS) return { value: text.trim() || null, problem: null };
    // Lists of names and counts of units are not nullable: empty stands for "" and 0.
    if (isNameList(column)) return { value: text.trim(), problem: null };
    const parsed = parseFigure(text, { max: MAX_COVERAGE_FIGURE });
    const isCount = column.startsWith("total_") && !isField(column);
    return isCount && parsed.value === null && parsed.problem === null ? { value: 0, problem: null } : parsed;
  });
}
