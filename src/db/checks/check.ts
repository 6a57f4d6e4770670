import type { Knex } from "knex";
import type { CheckDescription, CheckFinding } from "../../core/diagnosis/analysis.ts";
import type { Field } from "../../core/fields.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { Dialect } from "../connection/dialect.ts";
import { planStatement } from "../sync/plan-query.ts";

export interface CheckContext {
  knex: Knex;
  dialect: Dialect;
  scope: Scope;
  /** The fields that sync computes. */
  fields: readonly Field[];
  /** How many hours may pass from one sync to the next. */
  maxAgeHours: number;
}

/**
 * One check: what it is called and why it matters, the one SELECT that finds what is wrong, and what mends it. The
 * SELECT yields `code` and `name`; every other column is a figure of the finding, under its name.
 */
export interface Check extends CheckDescription {
  query(context: CheckContext): Knex.Raw | Knex.QueryBuilder;
  /** The figure that is added up for the count; without it each row counts as one. */
  countedFigure?: string;
  remedy(finding: Omit<CheckFinding, "remedy">): string;
}

/** A condition that a municipality or a province-level unit is in scope, to be bound into a statement. */
export function inScope(
  { knex, dialect, scope }: CheckContext,
  level: "municipality" | "province",
  id: string,
): Knex.Raw {
  if (scope.kind === "all") return knex.raw("true");
  const ids = scope[`${level}Ids`];
  return knex.raw(dialect.among(id, ids.length), dialect.boundIds(ids));
}

/** What a sync of the scope would do, as a table named "plan": the same query, so that the two never disagree. */
export function syncPlan({ knex, dialect, fields, scope }: CheckContext): Knex.Raw {
  const { sql, bindings } = planStatement(dialect, { fields, scope, provinces: true });
  return knex.raw(`(${sql}) as plan`, bindings as Knex.RawBinding[]);
}

/** Whole hours since a moment. */
export function hoursSince({ dialect }: CheckContext, moment: string): string {
  return dialect.name === "sqlite"
    ? `cast((unixepoch() - unixepoch(${moment})) / 3600 as integer)`
    : `floor(extract(epoch from now() - ${moment}) / 3600)`;
}

export const ACTIVE_COMMUNITIES = `obc_communities c
  join barangays b on b.id = c.barangay_id
  join municipalities m on m.id = b.municipality_id`;

/** Brings one coverage right, whichever level it is of. */
export function syncUnit({ code, figures }: Omit<CheckFinding, "remedy">): string {
  return `obc-sync sync --${figures.level} ${code}`;
}

/** --level tells a city from the province-level unit that has the same code. */
export function coverageCommand(action: string, { code, figures }: Omit<CheckFinding, "remedy">): string {
  return `obc-sync coverage ${action} ${code} --level ${figures.level}`;
}

export function showCommunity({ code }: Omit<CheckFinding, "remedy">): string {
  return `obc-sync community show ${code}`;
}
