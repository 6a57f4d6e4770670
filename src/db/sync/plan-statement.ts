import type { Field } from "../../core/fields.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { Session } from "../connection/session.ts";
import type { Statement } from "../dialect/statement.ts";
import type { Schema } from "../schema/schema.ts";
import { type IdsOf, type PlanShape, planQuery } from "./plan-query.ts";

export interface PlanQueryOptions {
  fields: readonly Field[];
  scope: Scope;
  /** Whether to include the provinces. */
  provinces: boolean;
}

/** The statements built for the relations of each schema: building one takes a few milliseconds. */
const builtFor = new WeakMap<Schema["relations"], Map<string, Statement>>();

/** The plan query as a statement, with the ids of the scope. */
export function planStatement(session: Session, { fields, scope, provinces }: PlanQueryOptions): Statement {
  const { dialect, schema } = session;
  if (scope.kind === "all") return builtOnce({ dialect, schema, fields, provinces, ids: null });
  const ids = Math.max(scope.municipalityIds.length, scope.provinceIds.length);
  const { sql, bindings } = builtOnce({ dialect, schema, fields, provinces, ids });
  const bound = {
    municipality: dialect.expressions.boundIds(scope.municipalityIds),
    province: dialect.expressions.boundIds(scope.provinceIds),
  };
  return { sql, bindings: bindings.map((value) => (isIdsOf(value) ? bound[value.idsOf] : value)) };
}

function builtOnce(shape: PlanShape): Statement {
  const { dialect, schema, fields, provinces, ids } = shape;
  const narrowed = ids === null ? "all" : dialect.expressions.among("id", ids);
  const key = [dialect.name, schema.bookkeeping.changeLog, provinces, narrowed, ...fields].join();
  const built = builtFor.get(schema.relations) ?? new Map<string, Statement>();
  builtFor.set(schema.relations, built);
  const statement = built.get(key) ?? planQuery(shape).toSQL();
  built.set(key, statement);
  return statement;
}

function isIdsOf(value: unknown): value is IdsOf {
  return typeof value === "object" && value !== null && "idsOf" in value;
}
