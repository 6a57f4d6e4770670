import { communityColumnTakes } from "../records/community.ts";
import { coverageColumnTakes } from "../records/coverage.ts";
import { named } from "../records/given-values.ts";
import { fitText, type TextRules, textRuleOf } from "../records/text-rules.ts";
import type { StoredChange } from "../runs/stored-change.ts";
import type { UnitLevel, UnitValue } from "../sync/unit-change.ts";

/** What the tables of a database take. */
export interface ValueRules {
  texts: TextRules;
  /** The largest figure of a coverage. */
  maxFigure: number;
  /** What a read returns after a value has been written. */
  asRead: (level: UnitLevel, column: string, value: UnitValue) => UnitValue;
}

/**
 * Why neither an import nor `community set` or `coverage set` would write the values of a plan, naming the first column and
 * its value; null where they would.
 *
 * @param undone what takes a change of the plan back
 * @param known columns whose values are not checked
 */
export function valueProblem(undone: StoredChange, rules: ValueRules, known: ReadonlySet<string>): string | null {
  const { level, action, fields } = undone;
  if (action === "created") return null;
  for (const column of Object.keys(fields)) {
    const written = fields[column]?.before ?? null;
    const problem = known.has(column) ? null : problemOf(level, column, written, rules);
    if (problem !== null) return problem;
  }
  return null;
}

function problemOf(level: UnitLevel, column: string, value: UnitValue, rules: ValueRules): string | null {
  if (typeof value === "boolean") return null;
  const takes =
    level === "community" ? communityColumnTakes(column, value) : coverageColumnTakes(column, value, rules.maxFigure);
  if (takes !== null) return cannot(column, value, `it takes ${takes}`);
  if (typeof value === "number") return null;
  const rule = level === "community" ? textRuleOf(rules.texts, column) : undefined;
  const fitted = rule === undefined || value === null ? { value, problem: null } : fitText(rule, value);
  if (fitted.problem !== null) return cannot(column, value, fitted.problem);
  const stored = rules.asRead(level, column, fitted.value);
  return stored === value ? null : cannot(column, value, `it would be stored as ${named(stored)}`);
}

function cannot(column: string, value: UnitValue, reason: string): string {
  return `${column} cannot be ${named(value)}: ${reason}`;
}
