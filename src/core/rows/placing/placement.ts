import type { FoundBarangay } from "../../places/place-resolver.ts";
import type { ImportRow } from "../import-row.ts";
import type { RowFinding } from "../row-finding.ts";

/** The barangay of a row, or why the row is rejected. */
export type Placement =
  | {
      kind: "placed";
      /** Position of the barangay in the index. */
      position: number;
      code: string;
      /** Null where the file identifies barangays by code only. */
      place: FoundBarangay | null;
      warning: RowFinding | null;
    }
  | { kind: "refused"; finding: RowFinding };

/** "Aludas, Damulog, Bukidnon" */
export function describePlace({ barangay, municipality }: FoundBarangay): string {
  const { name, provinceName } = municipality;
  return [barangay.name, name, ...(provinceName === name ? [] : [provinceName])].join(", ");
}

/** A finding about the place of a row. */
export function placeFinding(
  { row, code }: Pick<ImportRow, "row" | "code">,
  kind: string,
  column: string,
  value: string,
  message: string,
): RowFinding {
  return { row, column, code: code ?? "", value: value.slice(0, 100), message, kind };
}
