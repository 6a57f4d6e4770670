import { Client, type ClientConfig } from "pg";
import type { OpenQuickly } from "../../dialect/quick-connection.ts";
import { connectionSettings } from "./connection-settings.ts";

export const openQuickly: OpenQuickly = async (location, timeout) => {
  const { url } = location as { url: string };
  const client = new Client({
    ...(connectionSettings(url) as ClientConfig),
    connectionTimeoutMillis: timeout,
    query_timeout: timeout,
    options: "-c default_transaction_read_only=on",
  });
  client.on("error", () => {});
  await client.connect();
  return {
    query: async <Row>(sql: string, values: readonly string[]) => {
      const { rows } = await client.query(numbered(sql), [...values]);
      return rows as Row[];
    },
    async hasTable(name) {
      const { rows } = await client.query("select to_regclass($1) is not null as found", [name]);
      return rows[0].found;
    },
    close: () => client.end(),
  };
};

/** ? as $1, $2 and so on. */
function numbered(sql: string): string {
  let count = 0;
  return sql.replace(/\?/g, () => {
    count += 1;
    return `$${count}::text`;
  });
}
