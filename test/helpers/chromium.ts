import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where Debian, other systems and the user's own setting have a Chromium. */
const PATHS = [
  process.env.CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const HOW =
  "The tests of the pages need Chromium. Debian and Ubuntu: apt-get install chromium. Elsewhere: install Chrome, or name the program in CHROMIUM.";

/** The program to start; null if there is none, which is said. In CI it must be there. */
export function findChromium(): string | null {
  const found = PATHS.find((path) => path !== "" && existsSync(path));
  if (found !== undefined) return found;
  if (process.env.CI) throw new Error(HOW);
  process.stderr.write(`\n${HOW} They are skipped.\n`);
  return null;
}

/** Starts a browser that asks nothing of the network. */
export function startChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
