import { setTimeout as sleep } from "node:timers/promises";
import createKnex, { type Knex } from "knex";

type Send = (config: unknown, ...rest: unknown[]) => unknown;

/** A connection to PostgreSQL that stops before its n-th statement until it is told to go on. */
export interface PausingConnection {
  knex: Knex;
  /** Resolves when the connection stops. */
  paused: Promise<void>;
  goOn: () => void;
}

export function pausingConnection(url: string, beforeStatement: number): PausingConnection {
  let stop = () => {};
  let goOn = () => {};
  const paused = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const released = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let statements = 0;
  const gate = async () => {
    statements += 1;
    if (statements !== beforeStatement) return;
    stop();
    await released;
  };
  const knex = createKnex({
    client: "pg",
    connection: url,
    pool: {
      min: 0,
      max: 1,
      afterCreate(client: { query: Send }, done: (error: Error | null) => void) {
        const send = client.query.bind(client);
        client.query = (config, ...rest) => {
          const sent = gate().then(() => send(config, ...rest));
          // A query object, such as a stream, is returned at once; its events follow when it has been sent.
          return typeof (config as { submit?: unknown }).submit === "function" ? config : sent;
        };
        done(null);
      },
    },
  });
  return { knex, paused, goOn };
}

/**
 * Runs `first` up to its n-th statement, then `second` until it ends or waits, and then both to their ends.
 *
 * @returns whether `first` has so many statements
 */
export async function interleave(
  url: string,
  beforeStatement: number,
  first: (knex: Knex) => Promise<unknown>,
  second: (knex: Knex) => Promise<unknown>,
): Promise<boolean> {
  const pausing = pausingConnection(url, beforeStatement);
  const other = createKnex({ client: "pg", connection: url, pool: { min: 0, max: 1 } });
  try {
    let stopped = false;
    const one = first(pausing.knex);
    await Promise.race([
      one,
      pausing.paused.then(() => {
        stopped = true;
      }),
    ]);
    const two = second(other);
    await Promise.race([two, sleep(WAITING_MS)]);
    pausing.goOn();
    await Promise.all([one, two]);
    return stopped;
  } finally {
    pausing.goOn();
    await Promise.all([pausing.knex.destroy(), other.destroy()]);
  }
}

/** An operation that takes longer waits for the other one. */
const WAITING_MS = 60;
