import { UsageError } from "../errors.ts";
import { FIELDS, type Field, isField } from "../fields.ts";

/**
 * Returns the fields that sync computes: all but the curated ones, which people maintain by hand.
 *
 * @param setting name of the flag or option that listed the curated fields, for the message
 * @throws UsageError naming every unknown field: sync would overwrite a misspelt one
 */
export function computedFields(curated: readonly string[], setting: string): Field[] {
  const unknown = curated.filter((name) => !isField(name));
  if (unknown.length > 0) {
    throw new UsageError(
      `${setting}: unknown ${unknown.length === 1 ? "field" : "fields"} ${unknown.join(", ")}`,
      `The fields are: ${FIELDS.join(", ")}`,
    );
  }
  return FIELDS.filter((field) => !curated.includes(field));
}
