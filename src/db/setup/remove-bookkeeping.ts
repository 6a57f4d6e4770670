import type { Knex } from "knex";
import { dialectOf } from "../connection/dialect-of.ts";
import type { OpenTransaction } from "../connection/session.ts";
import { read, write } from "../connection/statements.ts";

/** An object that migrate, or a person, has added to a database. */
export interface OwnObject {
  kind: "trigger" | "function" | "index" | "table";
  name: string;
  /** The account that owns it, if this one may not drop it. */
  owner: string | null;
}

/** Every trigger, function, index and table named obc_sync_*; a trigger's function stands for the trigger. */
export function listOwnObjects(knex: Knex): Promise<OwnObject[]> {
  return opened(knex, ownObjects);
}

export interface Removal {
  removed: OwnObject[];
  /** The DROP statements for what other accounts own. */
  left: string[];
}

/** Drops those that the account may drop, all or none. */
export function removeOwnObjects(knex: Knex): Promise<Removal> {
  return opened(knex, async (open) => {
    const objects = await ownObjects(open);
    const removed = objects.filter(({ owner }) => owner === null);
    for (const object of removed) await write(open, "control", { sql: dropOf(object), bindings: [] });
    return { removed, left: objects.filter(({ owner }) => owner !== null).map((object) => `${dropOf(object)};`) };
  });
}

/** A trigger goes with its function, and with it the lock on its table. */
function dropOf({ kind, name }: OwnObject): string {
  return `drop ${kind} ${name}${kind === "function" ? " cascade" : ""}`;
}

function ownObjects(open: OpenTransaction): Promise<OwnObject[]> {
  return read<OwnObject>(open, "control", { sql: open.dialect.catalog.ownObjects, bindings: [] });
}

function opened<T>(knex: Knex, use: (open: OpenTransaction) => Promise<T>): Promise<T> {
  const dialect = dialectOf(knex);
  return knex.transaction((transaction) => use({ transaction, dialect }));
}
