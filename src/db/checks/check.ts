import type { Knex } from "knex";
import type { CheckDescription, CheckFinding } from "../../core/diagnosis/analysis.ts";
import type { Field } from "../../core/fields.ts";
import type { Level } from "../../core/sync/level.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { Expressions } from "../connection/dialect.ts";
import type { Session } from "../connection/session.ts";
import type { Query } from "../connection/statements.ts";
import type { Schema } from "../schema/schema.ts";
import { planStatement } from "../sync/plan-query.ts";

export interface CheckOptions {
  scope: Scope;
  /** The fields that sync computes. */
  fields: readonly Field[];
  /** How many hours may pass from one sync to the next. */
  maxAgeHours: number;
}

/** What a check writes its SELECT with. */
export interface CheckContext extends CheckOptions {
  session: Session;
  sql: Knex;
  expressions: Expressions;
  relations: Schema["relations"];
}

export function checkContext(session: Session, options: CheckOptions): CheckContext {
  const { dialect, schema } = session;
  return { ...options, session, sql: dialect.sql, expressions: dialect.expressions, relations: schema.relations };
}

/**
 * One check: its name and why it matters, the one SELECT that finds what is wrong, and what fixes it. The SELECT yields
 * `code` and `name`; every other column is a figure of the finding, under its name.
 */
export interface Check extends CheckDescription {
  query(context: CheckContext): Query;
  /** The figure that is added up for the count; without it each row counts as one. */
  countedFigure?: string;
  remedy(finding: Omit<CheckFinding, "remedy">): string;
}

/** A condition that a municipality or a province-level unit is in scope, to be bound into a statement. */
export function inScope({ sql, expressions, scope }: CheckContext, level: Level, id: string): Knex.Raw {
  if (scope.kind === "all") return sql.raw("true");
  const ids = scope[`${level}Ids`];
  return sql.raw(expressions.among(id, ids.length), expressions.boundIds(ids));
}

/** What a sync of the scope would do, as a table named "plan": the same query, so that the two never disagree. */
export function syncPlan({ session, sql, fields, scope }: CheckContext): Knex.Raw {
  const statement = planStatement(session, { fields, scope, provinces: true });
  return sql.raw(`(${statement.sql}) as plan`, statement.bindings as Knex.RawBinding[]);
}

export function activeCommunities({ obc_communities, barangays, municipalities }: Schema["relations"]): string {
  return `${obc_communities} c
  join ${barangays} b on b.id = c.barangay_id
  join ${municipalities} m on m.id = b.municipality_id`;
}

/** Syncs the one coverage, whichever level it is of. */
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
