import type { Knex } from "knex";
import { dialectOf } from "../connection/dialect-of.ts";
import type { OpenTransaction } from "../connection/session.ts";
import { read, write } from "../connection/statements.ts";

/** An object that migrate has added to a database. */
export interface OwnObject {
  kind: "trigger" | "function" | "index" | "table";
  name: string;
}

/** Every trigger, function, index and table named obc_sync_*; a trigger's function stands for the trigger. */
export function listOwnObjects(knex: Knex): Promise<OwnObject[]> {
  return opened(knex, ownObjects);
}

/** Drops them, all or none. Returns what was dropped. */
export function removeOwnObjects(knex: Knex): Promise<OwnObject[]> {
  return opened(knex, async (open) => {
    const objects = await ownObjects(open);
    for (const { kind, name } of objects) {
      // A trigger goes with its function, and with it the lock on its table.
      const cascade = kind === "function" ? "() cascade" : "";
      await write(open, "control", { sql: `drop ${kind} ${name}${cascade}`, bindings: [] });
    }
    return objects;
  });
}

function ownObjects(open: OpenTransaction): Promise<OwnObject[]> {
  return read<OwnObject>(open, "control", { sql: open.dialect.catalog.ownObjects, bindings: [] });
}

function opened<T>(knex: Knex, use: (open: OpenTransaction) => Promise<T>): Promise<T> {
  const dialect = dialectOf(knex);
  return knex.transaction((transaction) => use({ transaction, dialect }));
}
