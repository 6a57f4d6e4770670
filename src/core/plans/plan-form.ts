import { InputError } from "../errors.ts";
import { FIELDS } from "../fields.ts";
import { isStorableText, named } from "../records/given-values.ts";
import { StoredChange } from "../runs/stored-change.ts";
import { UNIT_SCOPES } from "../sync/scope.ts";
import { placeOf } from "../sync/unit-change.ts";
import { checkedChange } from "./change-form.ts";
import type { SavedPlan } from "./saved-plan.ts";

/** Returns what is wrong with a value; null where nothing is. */
type Form = (value: unknown) => string | null;

/**
 * A plan from JSON, whose author may be anybody: the digest of a file finds slips, not intentions.
 *
 * @param source what messages call it
 * @param changes each a StoredChange, or what JSON makes of one; in a file a field is a pair of values
 * @throws InputError naming the first key or unit, and its value, that no plan has
 */
export function checkedPlan(source: string, head: unknown, changes: Iterable<unknown>): SavedPlan {
  const problem = HEAD(head);
  if (problem !== null) throw noPlan(source, problem);
  const plan = head as Omit<SavedPlan, "changes">;
  const checked: StoredChange[] = [];
  const seen = new Set<string>();
  for (const given of changes) {
    const change = given instanceof StoredChange ? given : checkedChange(given);
    if (typeof change === "string") throw noPlan(source, `change ${checked.length + 1}: ${change}`);
    const { level, unitId, code } = change;
    const key = `${level} ${unitId}`;
    const wrong = seen.has(key) ? "is changed twice" : unlikeIts(plan, change);
    if (wrong !== null) throw noPlan(source, `${level} ${placeOf(change)} (${code}) ${wrong}`);
    seen.add(key);
    checked.push(change);
  }
  return { ...plan, changes: checked };
}

/** What the command of a plan never does; null for what it does. */
function unlikeIts({ command, sync }: Omit<SavedPlan, "changes">, change: StoredChange): string | null {
  const { level, action, isSynced } = change;
  // A revert changes whatever the run has changed.
  if (command === "revert") return null;
  if (level !== "community") return isSynced && sync !== null ? null : "is changed by no sync";
  if (command === "sync" || isSynced) return "is changed by a sync";
  return action === "removed" ? `is removed by an ${command}` : null;
}

function noPlan(source: string, problem: string): InputError {
  return new InputError(`${source} is not a plan that obc-sync has made: ${problem}`, "Make the plan again.");
}

const text: Form = (value) => (isStorableText(value) ? null : `cannot be ${named(value)}`);

const flag: Form = (value) => (typeof value === "boolean" ? null : `cannot be ${named(value)}`);

const id: Form = (value) => (Number.isSafeInteger(value) && Number(value) > 0 ? null : `cannot be ${named(value)}`);

const matching =
  (pattern: RegExp): Form =>
  (value) =>
    typeof value === "string" && pattern.test(value) ? null : `cannot be ${named(value)}`;

const oneOf =
  (values: readonly unknown[]): Form =>
  (value) =>
    values.includes(value) ? null : `cannot be ${named(value)}`;

const orNull =
  (form: Form): Form =>
  (value) =>
    value === null ? null : form(value);

const listOf =
  (form: Form): Form =>
  (value) => {
    if (!Array.isArray(value)) return `cannot be ${named(value)}`;
    return value.map(form).find((problem) => problem !== null) ?? null;
  };

const withKeys =
  (keys: Readonly<Record<string, Form>>): Form =>
  (value) => {
    if (typeof value !== "object" || value === null) return `cannot be ${named(value)}`;
    for (const [key, form] of Object.entries(keys)) {
      const problem = form((value as Record<string, unknown>)[key]);
      if (problem !== null) return `${key} ${problem}`;
    }
    return null;
  };

const UNITS = { units: listOf(text), municipalityIds: listOf(id), provinceIds: listOf(id) };

const scopes: Readonly<Record<string, Form>> = {
  all: withKeys({}),
  ...Object.fromEntries(UNIT_SCOPES.map((kind) => [kind, withKeys(UNITS)])),
  // A number in SQLite; a snapshot and a number in PostgreSQL.
  changed: withKeys({ ...UNITS, logWatermark: matching(/^(\d{1,19}:\d{1,19}:[\d,]*\/)?\d{1,19}$/), hasEntries: flag }),
};

const scope: Form = (value) =>
  withKeys({ kind: oneOf(Object.keys(scopes)) })(value) ?? (scopes[(value as { kind: string }).kind] as Form)(value);

const PARTS = withKeys({
  command: oneOf(["sync", "import", "revert"]),
  createdAt: matching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  actor: text,
  database: withKeys({ kind: oneOf(["sqlite", "postgres"]), name: text, id: text }),
  schema: text,
  file: orNull(withKeys({ name: text, sha256: matching(/^[0-9a-f]{64}$/) })),
  reverts: orNull(id),
  sync: orNull(withKeys({ scope, fields: listOf(oneOf(FIELDS)), provinces: flag })),
});

const HEAD: Form = (value) => {
  const problem = PARTS(value);
  if (problem !== null) return problem;
  const { command, reverts } = value as SavedPlan;
  return (command === "revert") === (reverts !== null) ? null : `reverts cannot be ${named(reverts)} for ${command}`;
};
