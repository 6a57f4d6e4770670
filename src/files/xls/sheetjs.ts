/**
 * Runs SheetJS in a thread of its own, with a limit on memory and time. A damaged file can make it fill the memory or go
 * round in circles, and in the main thread nothing could stop it.
 */
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { CellObject, Range, RowInfo } from "@e965/xlsx";

export interface SheetJsSheet {
  name: string;
  hidden: boolean;
  /** A chart sheet has no cells. */
  isChart: boolean;
  /** The cells by row and column, from 0, with holes. */
  data: ReadonlyArray<ReadonlyArray<CellObject | undefined> | undefined>;
  merges: readonly Range[];
  rows: ReadonlyArray<RowInfo | undefined>;
}

export interface SheetJsWorkbook {
  epoch1904: boolean;
  /** The sheets, ordered as in the workbook. */
  sheets: SheetJsSheet[];
}

/** The memory of the thread. A file of 8 MB takes about 400 MB. */
const MAX_MEGABYTES = 512;
const MAX_SECONDS = 120;

/** SheetJS cannot read the file, or would take too much memory or time. */
export class SheetJsError extends Error {}

/** The program of the thread. What SheetJS prints stays there. */
const PROGRAM = `
const { parentPort, workerData } = require("node:worker_threads");
const { read } = require(workerData.library);
const answer = () => {
  const book = read(workerData.bytes, { type: "array", dense: true, cellNF: true, cellText: false });
  const facts = book.Workbook ?? {};
  const sheets = book.SheetNames.map((name, position) => {
    const sheet = book.Sheets[name] ?? {};
    return {
      name,
      hidden: (facts.Sheets?.[position]?.Hidden ?? 0) > 0,
      isChart: sheet["!type"] === "chart",
      data: sheet["!data"] ?? [],
      merges: sheet["!merges"] ?? [],
      rows: sheet["!rows"] ?? [],
    };
  });
  return { epoch1904: facts.WBProps?.date1904 === true, sheets };
};
try {
  parentPort.postMessage({ workbook: answer() });
} catch (error) {
  // Damage shows as a TypeError or RangeError inside SheetJS, whose message says nothing about the file.
  const isOfSheetJs = error instanceof TypeError || error instanceof RangeError;
  parentPort.postMessage({ problem: isOfSheetJs ? "its content is inconsistent" : String(error?.message ?? error) });
}
`;

type Answer = { workbook: SheetJsWorkbook } | { problem: string };

/** @throws SheetJsError */
export async function readWithSheetJs(bytes: Buffer): Promise<SheetJsWorkbook> {
  const library = createRequire(import.meta.url).resolve("@e965/xlsx");
  const worker = new Worker(PROGRAM, {
    eval: true,
    workerData: { library, bytes },
    resourceLimits: { maxOldGenerationSizeMb: MAX_MEGABYTES, maxYoungGenerationSizeMb: 64 },
    stdout: true,
    stderr: true,
  });
  try {
    const answer = await answerOf(worker);
    if ("workbook" in answer) return answer.workbook;
    throw new SheetJsError(answer.problem);
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const give = (problem: string) => reject(new SheetJsError(problem));
    const timer = setTimeout(() => give(`reading it takes more than ${MAX_SECONDS} s`), MAX_SECONDS * 1000);
    const finish = (end: () => void) => {
      clearTimeout(timer);
      end();
    };
    worker.once("message", (answer: Answer) => finish(() => resolve(answer)));
    worker.once("error", (error: NodeJS.ErrnoException) => {
      const isMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      finish(() => give(isMemory ? `reading it takes more than ${MAX_MEGABYTES} MB of memory` : error.message));
    });
    worker.once("exit", (code) => finish(() => give(`reading it ended with code ${code}`)));
  });
}
