import { knexConfig } from "./src/db/connection/connect.ts";
import { parseDatabaseLocation } from "./src/db/connection/location.ts";
import { readSettings } from "./src/settings.ts";

/**
 * For the plain knex command line, with the database setting of obc-sync:
 *
 *     npm run knex -- migrate:status
 */
export default knexConfig(parseDatabaseLocation(readSettings({}, process.env).database), "create");
