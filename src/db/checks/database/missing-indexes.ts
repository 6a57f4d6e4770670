import { missingIndexesQuery } from "../../connection/index-reader.ts";
import type { Check } from "../check.ts";

export const missingIndexes: Check = {
  id: "missing-indexes",
  severity: "warning",
  title: "Indexes that are expected and missing",
  why: "Results stay right, but a sync of one municipality then reads the whole country.",
  query: ({ session }) => missingIndexesQuery(session),
  remedy: ({ figures }) => String(figures.statement),
};
