import type { CheckDescription, CheckFinding, CheckResult, Figure } from "../../core/diagnosis/analysis.ts";
import { read, statementOf } from "../connection/statements.ts";
import { isSetUp, type Schema } from "../schema/schema.ts";
import type { Check, CheckContext, FaultRow, SelectingCheck } from "./check.ts";
import { CHECKS } from "./registry.ts";

/** All checks, without their SQL. */
export function describeChecks(): CheckDescription[] {
  return CHECKS.map(({ id, severity, title, why }) => ({ id, severity, title, why }));
}

/** Runs one check in one statement. Returns the number of findings and the first of them. */
export async function runCheck(id: string, context: CheckContext, sample: number): Promise<CheckResult> {
  const started = performance.now();
  const check = CHECKS.find((candidate) => candidate.id === id) as Check;
  const { count, rows } =
    "query" in check ? await selectFaults(check, context, sample) : counted(await check.find(context));
  return {
    id: check.id,
    severity: check.severity,
    title: check.title,
    why: check.why,
    count,
    findings: rows.slice(0, sample).map((row) => findingOf(row, check, context.session.schema)),
    durationMs: performance.now() - started,
  };
}

interface CountedFaults {
  count: number;
  /** The first of them. */
  rows: FaultRow[];
}

function counted(rows: FaultRow[]): CountedFaults {
  return { count: rows.length, rows };
}

async function selectFaults(check: SelectingCheck, context: CheckContext, sample: number): Promise<CountedFaults> {
  const { sql, bindings } = statementOf(check.query(context));
  const counted = check.countedFigure === undefined ? "count(*)" : `sum(${check.countedFigure})`;
  // Fetch at least one row: it carries the count.
  const rows = await read<FaultRow>(context.session, "read", {
    sql: `select found.*, ${counted} over () as counted from (${sql}) found limit ?`,
    bindings: [...bindings, Math.max(sample, 1)],
  });
  return { count: Number(rows[0]?.counted ?? 0), rows };
}

/** A driver may return 64-bit integers and decimals as strings. All figures except codes become numbers. */
function findingOf({ code, name, counted: _, ...figures }: FaultRow, check: Check, schema: Schema): CheckFinding {
  const finding = {
    code: String(code),
    name: String(name),
    figures: Object.fromEntries(
      Object.entries(figures).map(([key, value]) => [
        key,
        !key.endsWith("code") && isNumberText(value) ? Number(value) : value,
      ]),
    ),
  };
  const remedy = check.remedy(finding, schema);
  const { statement: __, is_left_out: ___, ...shown } = finding.figures;
  return {
    ...finding,
    figures: shown,
    remedy: isSetUp(schema) || !WRITING.test(remedy) ? remedy : `obc-sync migrate && ${remedy}`,
  };
}

/** The commands that work only once obc-sync has been set up. */
const WRITING = /^obc-sync (sync|(community|coverage) (?!show))/;

function isNumberText(value: Figure): boolean {
  return typeof value === "string" && /^-?\d{1,16}(\.\d+)?$/.test(value);
}
