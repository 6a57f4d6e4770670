import { ageGroups } from "./age-groups.ts";
import { archivedCommunities } from "./archived-communities.ts";
import { archivedCoverage } from "./archived-coverage.ts";
import { beyond32Bits } from "./beyond-32-bits.ts";
import { blankFields } from "./blank-fields.ts";
import type { Check } from "./check.ts";
import { coverageWithoutCommunities } from "./coverage-without-communities.ts";
import { disabledTriggers } from "./disabled-triggers.ts";
import { duplicateNames } from "./duplicate-names.ts";
import { hierarchyGaps } from "./hierarchy-gaps.ts";
import { lastSync } from "./last-sync.ts";
import { manualCoverage } from "./manual-coverage.ts";
import { missingCoverage } from "./missing-coverage.ts";
import { missingIndexes } from "./missing-indexes.ts";
import { partsAboveWhole } from "./parts-above-whole.ts";
import { populationAboveBarangay } from "./population-above-barangay.ts";
import { staleCoverage } from "./stale-coverage.ts";
import { suspiciousJumps } from "./suspicious-jumps.ts";
import { unsyncedChanges } from "./unsynced-changes.ts";

/** Every check, in the order in which it is reported: what makes figures wrong first. */
export const CHECKS: readonly Check[] = [
  missingCoverage,
  staleCoverage,
  archivedCoverage,
  disabledTriggers,
  hierarchyGaps,
  coverageWithoutCommunities,
  unsyncedChanges,
  lastSync,
  missingIndexes,
  suspiciousJumps,
  populationAboveBarangay,
  partsAboveWhole,
  ageGroups,
  duplicateNames,
  beyond32Bits,
  manualCoverage,
  archivedCommunities,
  blankFields,
];
