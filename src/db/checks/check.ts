import type { Knex } from "knex";
import type { CheckDescription, CheckFinding, Figure } from "../../core/diagnosis/analysis.ts";
import type { Field } from "../../core/fields.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { Session } from "../connection/session.ts";
import type { Query } from "../connection/statements.ts";
import type { Expressions } from "../dialect/expressions.ts";
import type { Schema } from "../schema/schema.ts";
import { planStatement } from "../sync/plan-statement.ts";

export interface CheckOptions {
  scope: Scope;
  /** The fields that sync computes. */
  fields: readonly Field[];
  /** Maximum age of the latest sync, in hours. */
  maxAgeHours: number;
}

/** What a check needs to build its SELECT. */
export interface CheckContext extends CheckOptions {
  session: Session;
  sql: Knex;
  expressions: Expressions;
  relations: Schema["relations"];
  bookkeeping: Schema["bookkeeping"];
}

export function checkContext(session: Session, options: CheckOptions): CheckContext {
  const { dialect, schema } = session;
  const { relations, bookkeeping } = schema;
  return { ...options, session, sql: dialect.sql, expressions: dialect.expressions, relations, bookkeeping };
}

/**
 * One check: its description, how it finds the faults, and the command that fixes a finding. Each fault is a row with
 * `code` and `name`; every other column is a figure of the finding.
 */
export type Check = SelectingCheck | ComparingCheck;

interface DescribedCheck extends CheckDescription {
  remedy(finding: Omit<CheckFinding, "remedy">, schema: Schema): string;
}

/** Finds the faults by a SELECT. */
export interface SelectingCheck extends DescribedCheck {
  query(context: CheckContext): Query;
  /** The figure whose sum is the count; by default the count is the number of rows. */
  countedFigure?: string;
}

/** Compares what one statement reads with what only the program knows. */
export interface ComparingCheck extends DescribedCheck {
  find(context: CheckContext): Promise<FaultRow[]>;
}

export type FaultRow = Record<string, Figure>;

/** The plan of a sync of the scope, as a table named "plan". Sharing the query keeps analyze and sync consistent. */
export function syncPlan({ session, sql, fields, scope }: CheckContext): Knex.Raw {
  const statement = planStatement(session, { fields, scope, provinces: true });
  return sql.raw(`(${statement.sql}) as plan`, statement.bindings as Knex.RawBinding[]);
}

/** A figure, which is not shown, of a row of the plan: 1 if a sync leaves the unit out, because a sum of it is too large. */
export function leftOut({ session, fields }: CheckContext): string {
  const { maxFigure } = session.schema.rules;
  const tooLarge = ["total_obc_communities", ...fields].map((column) => `plan.${column} > ${maxFigure}`);
  return `case when ${tooLarge.join(" or ")} then 1 else 0 end as is_left_out`;
}

export function activeCommunities({ obc_communities, barangays, municipalities }: Schema["relations"]): string {
  return `${obc_communities} c
  join ${barangays} b on b.id = c.barangay_id
  join ${municipalities} m on m.id = b.municipality_id`;
}

/** The command that syncs the coverage of the finding; for a unit that a sync leaves out, the one that finds the cause. */
export function syncUnit({ code, figures }: Omit<CheckFinding, "remedy">): string {
  if (figures.is_left_out === 1) return "obc-sync analyze --check beyond-32-bits";
  return `obc-sync sync --${figures.level} ${code}`;
}

/** --level distinguishes a city from the province-level unit of the same code. */
export function coverageCommand(action: string, { code, figures }: Omit<CheckFinding, "remedy">): string {
  return `obc-sync coverage ${action} ${code} --level ${figures.level}`;
}

export function showCommunity({ code }: Omit<CheckFinding, "remedy">): string {
  return `obc-sync community show ${code}`;
}
