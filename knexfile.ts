import { knexConfig } from "./src/db/connection/connect.ts";
import { parseDatabaseLocation } from "./src/db/connection/location.ts";
import { readSettings } from "./src/settings.ts";

/**
 * For the plain knex command line, on the database that obc-sync's own settings name:
 *
 *     npm run knex -- migrate:status
 */
export default knexConfig(parseDatabaseLocation(readSettings({}, process.env).database), "create");
