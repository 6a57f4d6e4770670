import type { Knex } from "knex";
import { DatabaseError, InterruptedError, UsageError } from "../../core/errors.ts";
import { dialectOf } from "../connection/dialect-of.ts";
import type { OpenTransaction, Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { NO_BOOKKEEPING } from "../schema/bookkeeping.ts";
import { checkMigrations } from "../schema/migration-check.ts";
import type { Schema } from "../schema/schema.ts";
import { schemaNamed, schemaOfMigrations } from "../schema/schemas.ts";
import { withBaseTables } from "./base-tables.ts";
import { findForeignSchema, refuseDamaged } from "./find-schema.ts";
import { beginOnNodes } from "./nodes.ts";
import { LockRefused, type RetryOptions, retried } from "./retry.ts";

/** The connection that operations take: a Knex instance, or a transaction of the caller, which they join. */
export type Connection = Knex | Knex.Transaction;

/** How to open a transaction. In a transaction of the caller, only `schema` has an effect. */
export interface TransactionOptions extends RetryOptions {
  /** The tables to work on: a name, or a schema of the caller's own; by default those for which the database was set up. */
  schema?: Schema | string | undefined;
}

type Work<T> = (session: Session) => Promise<T>;

/**
 * Runs `work` on one snapshot, in a read-only transaction. A database of another application need not have been set up
 * for this: without the bookkeeping its relations have no rows.
 */
export async function withSnapshot<T>(connection: Connection, options: TransactionOptions, work: Work<T>): Promise<T> {
  if (isTransaction(connection)) return begun(opened(connection), null, options, work);
  try {
    return await inSnapshot(connection, options, (open, leftMs) => begun(open, leftMs, options, work));
  } catch (error) {
    const schema = await foreignSchemaAfter(error, connection, options);
    return inSnapshot(connection, options, (open) =>
      work({ ...open, schema: { ...schema, bookkeeping: NO_BOOKKEEPING } }),
    );
  }
}

function inSnapshot<T>(
  connection: Knex,
  options: TransactionOptions,
  use: (open: OpenTransaction, leftMs: number) => Promise<T>,
): Promise<T> {
  const { readOnlyTransaction } = dialectOf(connection).locks;
  return retried(connection, readOnlyTransaction, options, (transaction, leftMs) => use(opened(transaction), leftMs));
}

/**
 * Runs `work` in one transaction, all or nothing, while holding the lock that only one run on this database can hold.
 *
 * Every operation that writes takes the lock, even for a single record. Two operations could otherwise each rely on the
 * other to recalculate a coverage: one sees it as manual and leaves it, the other makes it automatic and recalculates it
 * without the first one's change.
 *
 * @throws LockHeldError if another run holds the lock until the timeout
 * @throws DatabaseBusyError if transactions of other programs prevent the work until the timeout
 * @throws InterruptedError if `signal` is aborted first
 */
export async function withExclusiveTransaction<T>(
  connection: Connection,
  options: TransactionOptions,
  work: Work<T>,
): Promise<T> {
  if (isTransaction(connection)) return joined(connection, options, work);
  const { writeTransaction } = dialectOf(connection).locks;
  const writing: Work<T> = async (session) => work(await writable(session));
  try {
    return await retried(connection, writeTransaction, options, async (transaction, lockTimeoutMs) => {
      const open = opened(transaction);
      const applied = await takeLock(open, lockTimeoutMs);
      if (applied.length === 0) return begun(open, lockTimeoutMs, options, writing);
      return writing(await settled(open, applied, options));
    });
  } catch (error) {
    throw notSetUp(await foreignSchemaAfter(error, connection, options));
  }
}

/** The result of work in a reversible transaction, and whether to commit it. */
export interface Outcome<T> {
  value: T;
  keep: boolean;
}

/** An exclusive transaction that `work` may roll back: for a dry run, or an import with bad rows. */
export async function withReversibleTransaction<T>(
  connection: Connection,
  options: TransactionOptions,
  work: Work<Outcome<T>>,
): Promise<T> {
  const orUndo = async (session: Session) => {
    const { value, keep } = await work(session);
    if (!keep) throw new Undone(value);
    return value;
  };
  // In a transaction of the caller, roll back to a savepoint: the caller's own writes must stay.
  const run = isTransaction(connection)
    ? connection.transaction((savepoint) => joined(savepoint, options, orUndo))
    : withExclusiveTransaction(connection, options, orUndo);
  return run.catch((error: unknown) => {
    if (error instanceof Undone) return error.value as T;
    throw error;
  });
}

/** Called between two steps of a run. */
export function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new InterruptedError();
}

/**
 * Waits for the lock first. A caller's transaction is often read committed, in which two concurrent syncs could each
 * miss what the other has not committed yet.
 */
async function joined<T>(transaction: Knex.Transaction, options: TransactionOptions, work: Work<T>): Promise<T> {
  const open = opened(transaction);
  await read(open, "control", open.dialect.locks.waitForLock);
  return begun(open, null, options, async (session) => work(await writable(session)));
}

/**
 * @returns the names of the applied migrations, or none if the statement does not return them
 * @throws LockRefused if another run holds the lock
 */
async function takeLock(open: OpenTransaction, lockTimeoutMs: number): Promise<string[]> {
  const { locks, errors } = open.dialect;
  const statement = locks.tryLock(lockTimeoutMs);
  const rows = await read<{ name: string; locked: boolean }>(open, "control", statement).catch((error) => {
    throw errors.isRetryable(error) ? new LockRefused() : error;
  });
  if (rows.some(({ locked }) => !locked)) throw new LockRefused();
  return rows.map(({ name }) => name);
}

/** Runs `work` if the database has the tables of this version. */
async function begun<T>(
  open: OpenTransaction,
  lockTimeoutMs: number | null,
  options: TransactionOptions,
  work: Work<T>,
): Promise<T> {
  const applied = await read<{ name: string }>(open, "control", open.dialect.locks.begin(lockTimeoutMs));
  const names = applied.map(({ name }) => name);
  return work(await settled(open, names, options));
}

/** @throws UsageError if the database was set up for another schema than the caller asks for */
async function settled(
  open: OpenTransaction,
  applied: readonly string[],
  { schema: asked }: TransactionOptions,
): Promise<Session> {
  const database = open.dialect.name;
  const recorded = schemaOfMigrations(applied, database);
  const named = typeof asked === "string" && asked !== recorded.name ? schemaNamed(asked, database) : recorded;
  const schema = typeof asked === "object" ? asked : named;
  refuseOtherSchema(recorded, schema.name);
  checkMigrations(schema, applied);
  if (schema.distribution !== null) await beginOnNodes(open, schema.distribution);
  return { ...open, schema };
}

/** An INSERT into the table of another application must fill columns that only the catalog knows. */
async function writable(session: Session): Promise<Session> {
  return session.schema.isOwn ? session : withBaseTables(session);
}

/**
 * The application whose tables the database has, if `error` says that the program's own are missing.
 *
 * @throws `error` otherwise; DatabaseError if only some of them are missing
 */
async function foreignSchemaAfter(error: unknown, connection: Knex, options: TransactionOptions): Promise<Schema> {
  if (!dialectOf(connection).errors.lacksBookkeeping(error)) throw error;
  const schema = await inSnapshot(connection, options, async (open) => {
    await refuseDamaged(open);
    return findForeignSchema(open);
  });
  if (schema === null) throw error;
  const { schema: asked = schema } = options;
  refuseOtherSchema(schema, typeof asked === "string" ? asked : asked.name);
  return schema;
}

function refuseOtherSchema(present: Schema, asked: string): void {
  if (asked === present.name) return;
  throw new UsageError(
    `the database has the tables of the schema "${present.name}", not of "${asked}"`,
    `Give --schema ${present.name}, or leave it out.`,
  );
}

function notSetUp({ name }: Schema): DatabaseError {
  return new DatabaseError(
    "DATABASE_NOT_MIGRATED",
    `the database has the tables of ${name}, but obc-sync has not been set up on it`,
    "Run: obc-sync migrate. It adds tables and triggers named obc_sync_*, and leaves the tables of the application as they are.",
  );
}

function opened(transaction: Knex.Transaction): OpenTransaction {
  return { transaction, dialect: dialectOf(transaction) };
}

export function isTransaction(connection: Connection): connection is Knex.Transaction {
  return connection.isTransaction === true;
}

/** Thrown to roll a transaction back; holds its result. */
class Undone<T> extends Error {
  readonly value: T;

  constructor(value: T) {
    super("rolled back on purpose");
    this.value = value;
  }
}
