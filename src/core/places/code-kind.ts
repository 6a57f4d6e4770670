/**
 * Whose codes the stored codes of places are: those of the PSGC, whose digits contain the codes of the units above, or
 * an application's own, such as BUKIDNON_BAUNGON, which say nothing.
 */
export type CodeKind = "psgc" | "own";

/** What identifies a barangay in a message, besides its name. */
export const BARANGAY_CODES: Record<CodeKind, string> = {
  psgc: "its ten-digit PSGC code",
  own: "its code in the database or its ten-digit PSGC code",
};

/** The hint where a PSGC code was given that no place has, although others have theirs. */
export const PSGC_CODE_UNMATCHED =
  'No place of the database was matched to this PSGC code. Check its digits, or give the code in the database, or the name with its municipality: "Imbatug, Baungon".';

/** The hint where a PSGC code was given and no place has one. */
export const PSGC_CODES_UNKNOWN =
  "The PSGC codes of the places are not known yet. Run: obc-sync import geography. Or give the codes that the places have in the database.";
