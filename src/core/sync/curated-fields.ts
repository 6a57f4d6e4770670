import { UsageError } from "../errors.ts";
import { FIELDS, type Field, isField } from "../fields.ts";

/**
 * The fields that sync computes: all but those that people keep.
 *
 * @param setting where the curated fields were given, for the message
 * @throws UsageError naming what is not a field: a misspelt one would be overwritten
 */
export function computedFields(curated: readonly string[], setting: string): Field[] {
  const unknown = curated.filter((name) => !isField(name));
  if (unknown.length > 0) {
    throw new UsageError(
      `${setting} names what is not a field: ${unknown.join(", ")}`,
      `The fields are: ${FIELDS.join(", ")}`,
    );
  }
  return FIELDS.filter((field) => !curated.includes(field));
}
