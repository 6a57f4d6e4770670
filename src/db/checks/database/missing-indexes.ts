import { missingIndexesQuery } from "../../diagnosis/index-reader.ts";
import type { Check } from "../check.ts";

export const missingIndexes: Check = {
  id: "missing-indexes",
  severity: "warning",
  title: "Missing indexes",
  why: "Results are correct, but a sync of one municipality reads the tables of the whole country.",
  query: ({ session }) => missingIndexesQuery(session),
  remedy: ({ figures }) => String(figures.statement),
};
