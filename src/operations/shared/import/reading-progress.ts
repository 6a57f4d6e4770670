import { grouped } from "../../../core/grouped.ts";

/** Reports the progress of reading a file: rows, rows per second and, if the file's size is known, the time left. */
export function readingProgress(
  file: string,
  position: () => { read: number; size: number | null },
  say: (message: string) => void,
): (rows: number) => void {
  const started = performance.now();
  return (rows) => {
    const seconds = (performance.now() - started) / 1000;
    const { read, size } = position();
    const rate = seconds > 0.5 ? `, ${grouped(Math.round(rows / seconds))} rows/s` : "";
    const share = size === null || size === 0 ? 0 : read / size;
    const left = share > 0 && seconds > 1 ? `, about ${Math.ceil((seconds * (1 - share)) / share)} s left` : "";
    say(`Reading ${file}: ${grouped(rows)} rows${rate}${left}`);
  };
}
