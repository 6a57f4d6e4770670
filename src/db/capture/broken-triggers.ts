import { DatabaseError } from "../../core/errors.ts";
import { type BrokenTrigger, describeBrokenTriggers, type TriggerProblem } from "../../core/sync/broken-trigger.ts";
import { driverMessage } from "../connection/driver-error.ts";
import type { Session } from "../connection/session.ts";
import { read, write } from "../connection/statements.ts";
import type { PresentTrigger } from "../dialect/capture.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";

/**
 * The triggers of the change log that are not as this version makes them, sorted by name, in one statement that reads only
 * the catalog.
 */
export async function readBrokenTriggers(session: Session): Promise<BrokenTrigger[]> {
  const { capture } = session.dialect;
  const reading = read<PresentTrigger>(session, "control", capture.present);
  // Made while the server answers.
  const triggers = capture.triggers(session.schema);
  const present = await reading;
  const broken: BrokenTrigger[] = [];
  for (const trigger of triggers) {
    const row = present.find(({ name, table_name }) => name === trigger.name && table_name === trigger.table);
    const problem = row === undefined ? absent(trigger.name, present) : capture.problemOf(trigger, row);
    if (problem !== null) broken.push({ trigger: trigger.name, problem });
  }
  return broken.sort((left, right) => (left.trigger < right.trigger ? -1 : 1));
}

function absent(trigger: string, present: readonly PresentTrigger[]): TriggerProblem {
  return present.some(({ name }) => name === trigger) ? "on-another-table" : "missing";
}

/**
 * Creates triggers again.
 *
 * @throws DatabaseError if the account lacks the right
 */
export async function putBackTriggers(session: Session, broken: readonly BrokenTrigger[]): Promise<void> {
  const { capture, errors } = session.dialect;
  const problems = new Map(broken.map(({ trigger, problem }) => [trigger, problem]));
  const triggers = capture.triggers(session.schema).flatMap((trigger) => {
    const problem = problems.get(trigger.name);
    return problem === undefined ? [] : [{ trigger, problem }];
  });
  let owner = "";
  try {
    for (const statement of capture.putBack(session.schema, triggers)) {
      const [row] = await read<{ owner?: string }>(session, "control", statement);
      owner = row?.owner ?? owner;
    }
  } catch (error) {
    throw errors.explain(error, "")?.code === "DATABASE_ACCESS_DENIED" ? mayNotPutBack(broken, owner, error) : error;
  }
}

function mayNotPutBack(broken: readonly BrokenTrigger[], owner: string, cause: unknown): DatabaseError {
  return new DatabaseError(
    "DATABASE_ACCESS_DENIED",
    `the triggers of the change log are broken (${describeBrokenTriggers(broken)}), and this account may not put them back: ${driverMessage(cause)}`,
    `Run with the account that ran migrate (${owner}), which needs TRIGGER on the tables and CREATE on their schema: obc-sync sync --changed. Until then, obc-sync sync works.`,
    { cause },
  );
}

/** Adds an entry without a unit, which stands for every unit. */
export async function logEveryUnit(session: Session): Promise<void> {
  await write(session, "bookkeeping", { sql: `insert into ${BOOKKEEPING.changeLog} default values`, bindings: [] });
}
