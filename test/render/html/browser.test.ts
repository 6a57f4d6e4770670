/**
 * The pages in a real browser: what a person does with the table, on paper, on a phone, in the dark, by keyboard and with
 * a screen reader. One browser serves all of them.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, startChromium } from "../../helpers/chromium.ts";
import { useDatabase } from "../../helpers/databases.ts";

const chromium = findChromium();
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

describe.skipIf(chromium === null)("a page in a browser", () => {
  const database = useDatabase("sqlite", { stage: "example" });
  const folder = mkdtempSync(join(tmpdir(), "obc-sync-pages-"));
  let browser: Browser;

  beforeAll(async () => {
    browser = await startChromium(String(chromium));
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a page that must not complain, and must not ask the network for anything. */
  async function open(file: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) said.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    page.on("close", () => expect(said).toEqual([]));
    expect(said).toEqual([]);
    return page;
  }

  let made = 0;
  const make = async (args: readonly string[], exitCode = 0): Promise<string> => {
    made += 1;
    const file = join(folder, `${made}.html`);
    const result = await database.obcSync([...args, file]);
    expect(result).toMatchObject({ exitCode, stderr: "" });
    return file;
  };
  const makeReport = (...args: string[]) => make(["report", "--since", "1", ...args, "--output"]);

  /** The violations that keep somebody from reading or using the page. */
  async function seriousViolations(page: Page): Promise<string[]> {
    // The policy of the page forbids a script tag; this one comes from the debugger.
    await page.evaluate(await import("node:fs").then(({ readFileSync }) => readFileSync(AXE, "utf8")));
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: Array<{ id: string; impact: string; nodes: Array<{ html: string }> }> }> };
      };
      const { violations } = await axe.run();
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
  }

  const visibleRows = (page: Page, kind: string) => page.locator(`table.units tr.${kind}:visible th[scope=row]`);

  it("unfolds, sorts and filters the units", async () => {
    const page = await open(await makeReport());
    const bukidnon = page.getByRole("button", { name: "Municipalities of Bukidnon" });
    await expect.poll(() => visibleRows(page, "m").count()).toBe(0);
    await bukidnon.click();
    expect(await bukidnon.getAttribute("aria-expanded")).toBe("true");
    expect(await visibleRows(page, "m").count()).toBe(8);
    await page.getByRole("button", { name: "Unfold all" }).click();
    expect(await visibleRows(page, "m").count()).toBe(109);
    await page.getByRole("button", { name: "Fold all", exact: true }).click();

    // By households: regions, and within each its provinces, the largest first.
    const head = page.locator("table.units thead th", { hasText: "Households" });
    await head.getByRole("button").click();
    expect(await head.getAttribute("aria-sort")).toBe("descending");
    const households = async (kind: string) =>
      (await page.locator(`table.units tr.${kind} td:nth-child(5)`).allTextContents()).map((text) =>
        Number(text.replace(/,/g, "")),
      );
    const regions = await households("r");
    expect(regions).toEqual([...regions].sort((one, other) => other - one));
    const first = await page.locator("table.units tbody tr").evaluateAll((rows) => {
      const next = rows.findIndex((row, index) => index > 0 && row.classList.contains("r"));
      return rows
        .slice(1, next)
        .filter((row) => row.classList.contains("p"))
        .map((row) => Number(row.children[4]?.textContent?.replace(/,/g, "")));
    });
    expect(first).toEqual([...first].sort((one, other) => other - one));
    await head.getByRole("button").click();
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    await head.getByRole("button").click();
    expect(await head.getAttribute("aria-sort")).toBeNull();

    // A name in other letters finds its unit, and the units above it stay.
    await page.getByRole("searchbox").fill("DAMULOG");
    expect(await visibleRows(page, "m").allTextContents()).toEqual(["Damulog1001302000"]);
    expect(await visibleRows(page, "p").allTextContents()).toEqual(["Bukidnon1001300000"]);
    expect(await page.locator("output").textContent()).toBe("3 rows shown");
    await page.getByRole("searchbox").fill("10013");
    await bukidnon.click();
    expect(await visibleRows(page, "m").count()).toBe(8);
    await page.getByRole("searchbox").fill("");
    expect(await visibleRows(page, "p").count()).toBe(23);
    await page.close();
  });

  it("can be used by keyboard", async () => {
    const page = await open(await makeReport("--province", "Bukidnon"));
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    await page.getByRole("button", { name: "Fold all", exact: true }).focus();
    await page.keyboard.press("Enter");
    expect(await visibleRows(page, "m").count()).toBe(0);
    await page.getByRole("button", { name: "Municipalities of Bukidnon" }).focus();
    await page.keyboard.press("Space");
    expect(await visibleRows(page, "m").count()).toBe(8);
    await page.locator("table.units thead th button").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("table.units thead th").first().getAttribute("aria-sort")).toBe("ascending");
    await page.close();
  });

  it.each(["light", "dark"] as const)(
    "has no serious fault for a screen reader or a weak eye (%s)",
    async (colorScheme) => {
      const report = await makeReport("--note", "The figures are made up.");
      await database.rows(
        "update municipality_coverages set households = households + 1, auto_sync = (municipality_id % 2 = 0)",
      );
      const pages = [
        report,
        await makeReport("--region", "9", "--lang", "fil"),
        await make(["verify", "--report"], 2),
        await make(["analyze", "--report"], 2),
        await make(["import", "communities", "fixtures/faulty/number-decimal.csv", "--report"], 3),
      ];
      for (const file of pages) {
        const page = await open(file, { colorScheme });
        expect(await seriousViolations(page)).toEqual([]);
        await page.close();
      }
    },
  );

  it("fits a phone: only tables scroll sideways", async () => {
    for (const file of [await makeReport(), await make(["verify", "--report"])]) {
      const page = await open(file, PHONE);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
      await page.close();
    }
  });

  it("prints on A4 with a heading of the table on each page, and no row is cut", async () => {
    const page = await open(await makeReport());
    await page.getByRole("button", { name: "Unfold all" }).click();
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".tools").isVisible()).toBe(false);
    expect(await page.locator("table.units tr.m").first().isVisible()).toBe(true);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    const pages = pdf.toString("latin1").match(/\/MediaBox \[0 0 59[45][\d.]* 84[12][\d.]*\]/g) ?? [];
    expect(pages.length).toBeGreaterThan(5);
    const style = (selector: string, property: string) =>
      page.evaluate(`getComputedStyle(document.querySelector("${selector}")).${property}`);
    expect(await style("table.units thead", "display")).toBe("table-header-group");
    // Chromium does not repeat a button at the head of the next page, only its text.
    expect(await style("table.units thead button", "display")).toBe("contents");
    expect(await style("table.units tbody tr", "breakInside")).toBe("avoid");
    await page.close();
  });

  it("shows every unit without a script", async () => {
    const page = await open(await makeReport(), { javaScriptEnabled: false });
    expect(await visibleRows(page, "m").count()).toBe(109);
    await page.close();
  });

  it("shows hostile names as they are, and runs nothing in them", async () => {
    const name = `<script>document.title = "attacked"</script>`;
    await database.rows("update municipalities set name = ? where name = 'Damulog'", name);
    const file = join(folder, "survey.csv");
    writeFileSync(file, `barangay_code,households\n1001302001,"<img src=x onerror=alert(1)>"\n`);
    const page = await open(await makeReport("--note", name));
    expect(await page.title()).toBe("Philippines: Coverage by region, province and municipality");
    expect(await page.locator(".notice").first().textContent()).toBe(name);
    expect(await page.locator(".notice").nth(1).textContent()).toContain("They are made up");
    await page.close();
    const rejected = await open(await make(["import", "communities", file, "--report"], 3));
    expect(await rejected.locator("#rejected td").nth(2).textContent()).toBe("<img src=x onerror=alert(1)>");
    await rejected.close();
  });
});
