import { grouped } from "../../../core/grouped.ts";
import { isNameList } from "../../../core/sync/sync-plan.ts";
import type { UnitChange, UnitValue, ValueChange } from "../../../core/sync/unit-change.ts";
import { cut, type Style } from "../style.ts";

/** Longer texts are cut without --details. */
const TEXT_SHOWN = 40;

const NAMES_SHOWN = 3;

/** What a list of changes calls the flags, whose columns say little to a reader. */
const FLAGS: Readonly<Record<string, string>> = { is_deleted: "archived", auto_sync: "automatic" };

type Details = Pick<Style, "details">;

/** Describes the change of one column: "households 200 → 230", or only the value where the unit is new or removed. */
export function describeChange(
  column: string,
  { before, after }: ValueChange,
  action: UnitChange["action"],
  style: Details,
): string {
  const name = FLAGS[column] ?? column;
  if (isNameList(column)) return `${name} ${describeNames(String(before ?? ""), String(after ?? ""))}`;
  if (action === "created") return `${name} ${valueText(after, style)}`;
  if (action === "removed") return `${name} ${valueText(before, style)}`;
  return `${name} ${valueText(before, style)} → ${valueText(after, style)}`;
}

/** The value as a person reads it: figures grouped, flags as yes or no. */
export function valueText(value: UnitValue, style: Details): string {
  if (value === null) return "none";
  if (typeof value === "number") return grouped(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  const shown = style.details ? value : cut(value, TEXT_SHOWN);
  return isUnmistakable(value) && shown === value ? value : `"${shown}"`;
}

/** Whether a text shows where it begins and ends, in a line with others, and passes for no other kind of value. */
function isUnmistakable(text: string): boolean {
  return text !== "none" && /^[^\s,"→]+( [^\s,"→]+)*$/.test(text);
}

/** Describes the change of a list of names by the names added and removed, because the lists are long. */
function describeNames(before: string, after: string): string {
  const old = before === "" ? [] : before.split(", ");
  const now = after === "" ? [] : after.split(", ");
  const [wasThere, isThere] = [new Set(old), new Set(now)];
  const added = now.filter((name) => !wasThere.has(name)).map((name) => `+${name}`);
  const removed = old.filter((name) => !isThere.has(name)).map((name) => `-${name}`);
  const changed = [...added, ...removed];
  const shown = changed.slice(0, NAMES_SHOWN).join(" ");
  return changed.length > NAMES_SHOWN ? `${shown} and ${grouped(changed.length - NAMES_SHOWN)} more` : shown;
}
