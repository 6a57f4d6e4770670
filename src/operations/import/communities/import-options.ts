import { UsageError } from "../../../core/errors.ts";
import type { ScopeRequest } from "../../../core/sync/scope.ts";
import type { RejectsOptions } from "../../shared/import/rejects/rejects-file.ts";
import type { StagingOptions } from "../../shared/import/row-checks.ts";
import type { OperationOptions } from "../../shared/options.ts";

export interface CommunityImportOptions extends StagingOptions, RejectsOptions, OperationOptions {
  /** Rolls the import back at the end, so that only its report remains. */
  dryRun: boolean;
  /** Imports the good rows even if others are bad. */
  skipInvalid: boolean;
  /** Whether to recalculate the coverages of the imported communities in the same transaction. */
  sync: boolean;
  /** Whether an empty cell keeps or clears the stored value. */
  blank: "keep" | "clear";
  /** The scope in which communities missing from the file are archived; null to archive none. */
  archiveMissing: ScopeRequest | null;
  /** Whether more than a fifth of a scope may be archived. */
  yes: boolean;
}

/** The defaults of the optional options. */
export const DEFAULTS = {
  acceptFuzzy: null,
  onConflict: "update",
  maxErrors: null,
  createEmpty: false,
  dryRun: false,
  skipInvalid: false,
  rejectsFile: null,
  overwrite: false,
  otherInputs: [],
  sync: true,
  blank: "keep",
  archiveMissing: null,
  yes: false,
} as const satisfies Partial<CommunityImportOptions>;

/** @throws UsageError for options that contradict each other */
export function refuseContradictions(options: CommunityImportOptions): void {
  const { archiveMissing, skipInvalid, maxErrors } = options;
  if (archiveMissing?.kind === "all") {
    throw new UsageError(
      "--archive-missing needs a scope",
      "Give the units whose communities are all in the file: --region, --province or --municipality.",
    );
  }
  if (archiveMissing !== null && (skipInvalid || maxErrors !== null)) {
    throw new UsageError(
      `--archive-missing cannot be combined with ${skipInvalid ? "--skip-invalid" : "--max-errors"}`,
      "A community whose row is bad would count as missing.",
    );
  }
}
