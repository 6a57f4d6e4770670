import type { OpenQuickly } from "../dialect/quick-connection.ts";

/** Loads only the driver that the database needs, without Knex. */
export const openQuickly: OpenQuickly = async (location, timeoutMs) => {
  const { openQuickly: open } =
    location.kind === "sqlite"
      ? await import("../sqlite/connection/quick-connection.ts")
      : await import("../postgres/connection/quick-connection.ts");
  return open(location, timeoutMs);
};
