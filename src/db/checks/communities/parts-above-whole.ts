import type { Field } from "../../../core/fields.ts";
import { PARTS_AND_WHOLES } from "../../../core/records/parts-and-wholes.ts";
import { inScope } from "../../places/in-scope.ts";
import { activeCommunities, type Check, showCommunity } from "../check.ts";

/** Every field that is a part or a whole, once, the wholes first. */
const SHOWN: readonly Field[] = [
  ...new Set([...PARTS_AND_WHOLES.map(([, whole]) => whole), ...PARTS_AND_WHOLES.map(([part]) => part)]),
];

export const partsAboveWhole: Check = {
  id: "parts-above-whole",
  severity: "warning",
  title: "Parts that exceed their whole (women, an age group or households the population, for example)",
  why: "Percentages computed from the row exceed 100 %, and one row can distort those of a province.",
  query: (context) => {
    const { sql, relations } = context;
    const exceeds = PARTS_AND_WHOLES.map(([part, whole]) => `c.${part} > c.${whole}`).join(" or ");
    return sql.raw(
      `select b.code, b.name, ${SHOWN.map((field) => `c.${field}`).join(", ")}
         from ${activeCommunities(relations)}
        where not c.is_deleted and (${exceeds}) and ?
        order by b.code`,
      [inScope(context, "municipality", "m.id")],
    );
  },
  remedy: showCommunity,
};
