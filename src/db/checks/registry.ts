import type { Check } from "./check.ts";
import { ageGroups } from "./communities/age-groups.ts";
import { archivedCommunities } from "./communities/archived-communities.ts";
import { blankFields } from "./communities/blank-fields.ts";
import { duplicateNames } from "./communities/duplicate-names.ts";
import { partsAboveWhole } from "./communities/parts-above-whole.ts";
import { populationAboveBarangay } from "./communities/population-above-barangay.ts";
import { archivedCoverage } from "./coverages/archived-coverage.ts";
import { beyond32Bits } from "./coverages/beyond-32-bits.ts";
import { coverageWithoutCommunities } from "./coverages/coverage-without-communities.ts";
import { manualCoverage } from "./coverages/manual-coverage.ts";
import { missingCoverage } from "./coverages/missing-coverage.ts";
import { staleCoverage } from "./coverages/stale-coverage.ts";
import { suspiciousJumps } from "./coverages/suspicious-jumps.ts";
import { disabledTriggers } from "./database/disabled-triggers.ts";
import { hierarchyGaps } from "./database/hierarchy-gaps.ts";
import { lastSync } from "./database/last-sync.ts";
import { missingIndexes } from "./database/missing-indexes.ts";
import { unsyncedChanges } from "./database/unsynced-changes.ts";

/** Every check, in the order of the report: checks for wrong figures come first. */
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
