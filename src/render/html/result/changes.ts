import { grouped } from "../../../core/grouped.ts";
import type { UnitChange, UnitValue } from "../../../core/sync/unit-change.ts";
import { html, type Markup, NOTHING } from "../html.ts";
import { resultTable } from "./result-page.ts";

/** More values of one unit make a row too tall to read. */
const MOST_FIELDS = 6;

const ACTIONS: Record<UnitChange["action"], string> = { created: "new", updated: "changed", removed: "removed" };

/** What changes in each unit, old and new. */
export function changeTable(caption: string, changes: readonly UnitChange[]): Markup {
  return resultTable(
    caption,
    [
      { head: "Unit", cell: ({ name, parent, code }) => html`${name}, ${parent}<span class="code">${code}</span>` },
      { head: "", cell: ({ action }) => ACTIONS[action] },
      { head: "Values", cell: valuesOf },
    ],
    changes,
    "All of them: obc-sync history show RUN, or --json.",
  );
}

function valuesOf({ fields, action }: UnitChange): Markup {
  const entries = Object.entries(fields);
  const shown = entries.slice(0, MOST_FIELDS).map(([column, { before, after }]) => {
    if (action === "created") return `${column} ${textOf(after)}`;
    return `${column} ${textOf(before)} → ${textOf(after)}`;
  });
  const rest = entries.length - shown.length;
  return html`${shown.join(", ")}${rest > 0 ? html` <span class="code">and ${rest} more</span>` : NOTHING}`;
}

function textOf(value: UnitValue): string {
  if (value === null) return "none";
  return typeof value === "number" ? grouped(value) : String(value);
}
