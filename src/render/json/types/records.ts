import type { CommunityRecord } from "../../../core/records/community.ts";
import type { CommunityReport } from "../../../core/records/community-report.ts";
import type { CoverageRecord, CoverageState } from "../../../core/records/coverage.ts";
import type { CoverageReport } from "../../../core/records/coverage-report.ts";
import type { ChangeDocument, FindingDocument, Head, Timed } from "./head.ts";

/** community add, set, archive, restore, remove, show */
export interface CommunityDocument
  extends Head<"community">,
    Timed,
    Pick<CommunityReport, "action" | "fields" | "queries"> {
  /** The community after the change. */
  community: Omit<CommunityRecord, "barangayId" | "municipalityId" | "provinceId" | "version">;
  /** What changed in the coverages above it. */
  changes: ChangeDocument[];
  findings: FindingDocument[];
}

/** coverage archive, restore, auto, manual, set, show */
export interface CoverageDocument
  extends Head<"coverage">,
    Timed,
    Pick<CoverageReport, "action" | "reconciliation" | "fields" | "queries"> {
  /** The coverage after the change. A unit without a coverage has no values. */
  coverage: Pick<CoverageRecord, "level" | "code" | "name" | "parent"> & Partial<CoverageState>;
  /** What changed in the coverages that depend on it. */
  changes: ChangeDocument[];
  findings: FindingDocument[];
}
