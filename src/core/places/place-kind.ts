/** Places that commands are given. A community is named by its barangay, a coverage by its municipality or province. */
export type PlaceKind = "region" | "province" | "municipality" | "community" | "coverage";
