import { UsageError } from "../errors.ts";
import { isField, MAX_COVERAGE_FIGURE } from "../fields.ts";
import { type CoverageValue, isNameList } from "../sync/sync-plan.ts";
import { COMMUNITY_COLUMNS, type CommunityValues } from "./community.ts";
import { coverageColumns, SUPPORT_PROGRAMS } from "./coverage.ts";
import { type Parsed, parseCommunityValue, parseFigure } from "./parse-value.ts";

/**
 * Reads `field=value` arguments, as `community set` and `coverage set` take them. An empty value clears the field.
 *
 * @throws UsageError naming the argument and what it takes
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
      throw new UsageError(`"${assignment}" is not field=value`, "For example: households=200");
    }
    if (!columns.includes(column)) {
      throw new UsageError(`there is no field "${column}" to set`, `Fields are: ${columns.join(", ")}`);
    }
    if (column in values) throw new UsageError(`"${column}" is given twice`, "Give it once.");
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

/** Values of a coverage of either level; its figures are sums and go further than those of a community. */
export function parseCoverageAssignments(assignments: readonly string[]): Record<string, CoverageValue> {
  const columns = [...new Set([...coverageColumns("municipality"), ...coverageColumns("province")])];
  return parseAssignments(assignments, columns, (column, text) => {
    if (column === SUPPORT_PROGRAMS) return { value: text.trim() || null, problem: null };
    // Names are never null in the table, and neither are counts.
    if (isNameList(column)) return { value: text.trim(), problem: null };
    const parsed = parseFigure(text, MAX_COVERAGE_FIGURE);
    const isCount = column.startsWith("total_") && !isField(column);
    return isCount && parsed.value === null && parsed.problem === null ? { value: 0, problem: null } : parsed;
  });
}
