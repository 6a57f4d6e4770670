import { grouped } from "../../../core/grouped.ts";
import { placeOf, type UnitChange, type UnitValue } from "../../../core/sync/unit-change.ts";
import { headed, type Style } from "../style.ts";
import { describeChange } from "./values.ts";

/** Whether the changes have been written, or would be; "unsaid" where the text around them shows it. */
export type Tense = "done" | "planned" | "unsaid";

type Action = UnitChange["action"];

export const MARKS: Record<Action, string> = { created: "+", updated: "~", removed: "-" };

const VERBS: Record<Tense, Record<Action, string>> = {
  done: { created: "Created: ", updated: "Updated: ", removed: "Removed: " },
  planned: { created: "Would create: ", updated: "Would update: ", removed: "Would remove: " },
  unsaid: { created: "", updated: "", removed: "" },
};

/** Number of changed fields that are listed after a name without --details. */
export const FIELDS_SHOWN = 4;

/** One unit with its changed fields: beside its name, or one on each line with --details. */
export function unitLines(change: UnitChange, tense: Tense, style: Style): string[] {
  const fields = describeFields(change, style);
  if (!style.details) return headedUnit(change, firstOf(fields, FIELDS_SHOWN), tense, style);
  return [...headedUnit(change, "", tense, style), ...fields.map((field) => `      ${field}`)];
}

/** "  + Created: Baungon, Bukidnon   households 5" */
export function headedUnit(change: UnitChange, details: string, tense: Tense, style: Style): string[] {
  const { paint } = style;
  const { action } = change;
  const color = { created: paint.green, updated: paint.cyan, removed: paint.red }[action];
  return headed(`  ${MARKS[action]} ${VERBS[tense][action]}${placeOf(change)}`, details, style, color);
}

/** The first items, and how many there are besides. */
export function firstOf(items: readonly string[], shown: number): string {
  const rest = items.length - shown;
  return items.slice(0, shown).join(", ") + (rest > 0 ? `, and ${grouped(rest)} more` : "");
}

/** Every field of a new or removed unit is a change, so only those with a value are described. */
export function describeFields({ action, fields }: Pick<UnitChange, "action" | "fields">, style: Style): string[] {
  const changed = Object.entries(fields);
  const kept = {
    created: () => changed.filter(([, { after }]) => hasContent(after)),
    updated: () => changed,
    removed: () => changed.filter(([, { before }]) => hasContent(before)),
  }[action]();
  return kept.map(([column, change]) => describeChange(column, change, action, style));
}

function hasContent(value: UnitValue): boolean {
  return value !== null && value !== 0 && value !== "" && value !== false;
}
