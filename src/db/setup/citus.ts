import type { Knex } from "knex";
import { DatabaseError, UsageError } from "../../core/errors.ts";
import type { CitusStatus } from "../../core/runs/migrate-report.ts";
import { dialectOf } from "../connection/dialect-of.ts";
import { read } from "../connection/statements.ts";
import { citusSchema } from "../schema/citus.ts";
import type { Schema } from "../schema/schema.ts";
import { catalogued } from "./catalogued.ts";

interface Nodes {
  nodes: number;
  has_copies: boolean;
  is_coordinator: boolean;
}

interface FoundCitus extends Nodes {
  version: string;
}

/** The extension in a database; null where it is not installed. */
export async function readCitus(knex: Knex, { distribution }: Schema): Promise<CitusStatus | null> {
  const found = await findCitus(knex);
  return found && { version: found.version, nodes: found.nodes, isDistributed: distribution !== null };
}

/** Whether the communities are distributed already: by `migrate --citus` before `migrate --remove`, or by a person. */
export async function areDistributed(knex: Knex, { isOwn, tables }: Schema): Promise<boolean> {
  const { cluster } = dialectOf(knex);
  if (cluster === null || !isOwn || (await findCitus(knex)) === null) return false;
  const query = { sql: cluster.isDistributed, bindings: [tables.obc_communities.name] };
  return (await catalogued(knex, (open) => read(open, "control", query))).length > 0;
}

/**
 * The schema of tables that `migrate --citus` distributes.
 *
 * @param schema that of the tables as they are
 * @throws UsageError or DatabaseError if they cannot be distributed
 */
export async function distributedSchema(knex: Knex, schema: Schema): Promise<Schema> {
  if (dialectOf(knex).cluster === null) {
    throw new UsageError(
      "--citus distributes the tables of a PostgreSQL database, and this is a SQLite file",
      "Omit it, or name the database of the coordinator with --database postgres://...",
    );
  }
  if (!schema.isOwn) {
    throw new UsageError(
      `the tables are those of ${schema.name}, which obc-sync leaves as they are: it does not distribute them`,
      "Omit --citus.",
    );
  }
  if (schema.distribution !== null) return schema;
  const found = await findCitus(knex);
  const database = dialectOf(knex).connections.nameOf(knex);
  if (found === null) {
    throw new DatabaseError(
      "CITUS_UNAVAILABLE",
      `${database} does not have the extension citus`,
      "Nothing was changed. Run on every node: create extension citus. Then add the nodes on the coordinator with citus_set_coordinator_host and citus_add_node.",
    );
  }
  if (!found.is_coordinator) {
    throw new DatabaseError(
      "CITUS_UNAVAILABLE",
      `${database} is a worker of its Citus cluster`,
      "Nothing was changed. Name the database of the coordinator with --database.",
    );
  }
  if (found.nodes === 0 || !found.has_copies) {
    throw new DatabaseError(
      "CITUS_UNAVAILABLE",
      found.nodes === 0
        ? `the Citus cluster of ${database} has no node that takes rows`
        : `the coordinator ${database} is not a node of its own cluster, so that it would have no copies of the places`,
      "Nothing was changed. Run on the coordinator: select citus_set_coordinator_host('<its host>', <its port>); select citus_add_node('<a worker>', <its port>);",
    );
  }
  return citusSchema;
}

async function findCitus(knex: Knex): Promise<FoundCitus | null> {
  const { cluster } = dialectOf(knex);
  if (cluster === null) return null;
  return catalogued(knex, async (open) => {
    const [extension] = await read<{ version: string }>(open, "control", { sql: cluster.extension, bindings: [] });
    if (extension === undefined) return null;
    const [nodes] = await read<Nodes>(open, "control", { sql: cluster.nodes, bindings: [] });
    return { version: extension.version, ...(nodes as Nodes) };
  });
}
