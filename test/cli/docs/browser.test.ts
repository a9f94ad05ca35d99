// The example's pages in a real browser, as files: quiet, fetching nothing, no wider than a telephone, whole without JavaScript and on paper.
// Skipped where no Chromium is installed, unless FMAP_FORBID_SKIP=1: then its absence fails. FMAP_SCREENSHOTS=folder keeps pictures of all pages.
import { mkdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { type Browser, chromium, type Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith, holds } from "../folder.ts"
import { findChromium } from "./find-chromium.ts"
import { hardToRead } from "./hard-to-read.ts"

const example = fileURLToPath(new URL("../../../examples/closed-won/", import.meta.url))
const executablePath = findChromium()
const maySkip = process.env.FMAP_FORBID_SKIP !== "1"
const title = `pages in a browser${executablePath === null ? " (no Chromium is installed: set FMAP_CHROMIUM)" : ""}`

describe.skipIf(executablePath === null && maySkip)(title, () => {
  let browser: Browser
  let folder: string
  let pages: readonly string[]
  beforeAll(async () => {
    expect(executablePath, "FMAP_FORBID_SKIP=1, and no Chromium is installed").not.toBeNull()
    folder = folderWith({})
    const words = ["docs", "--project", example, "--out", folder]
    expect(await runCommandLine(words, fakeTerminal(folder))).toBe(0)
    const all = Object.keys(holds(folder)).filter(path => path.endsWith(".html"))
    // Two of a kind: a page more is the same template again.
    pages = all.filter(
      (path, i) => i === 0 || dirname(path) !== dirname(all[i - 2] ?? "-") || dirname(path) === ".",
    )
    browser = await chromium.launch({ executablePath: executablePath ?? "chromium", args: ["--no-sandbox"] })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
  })

  /** Every page in turn, with what the browser complains about and what it would fetch. */
  async function visit(
    options: NonNullable<Parameters<Browser["newContext"]>[0]>,
    look: (page: Page, path: string) => Promise<unknown>,
  ): Promise<readonly unknown[]> {
    const context = await browser.newContext(options)
    const found: unknown[] = []
    try {
      const page = await context.newPage()
      page.on("console", message => found.push(message.text()))
      page.on("pageerror", error => found.push(String(error)))
      page.on("request", request => {
        if (!request.url().startsWith("file:") && request.url() !== "data:,") found.push(request.url())
      })
      for (const path of pages) {
        await page.goto(`file://${join(folder, path)}`)
        const seen = await look(page, path)
        if (seen !== undefined) found.push(seen)
        await keep(page, path, options)
      }
    } finally {
      await context.close()
    }
    return found
  }

  test("there are pages of every kind", () => {
    expect(pages).toEqual(expect.arrayContaining(["index.html", "maps/BookOrder.html", "tests.html"]))
  })
  test.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 375],
    ["dark", 375],
  ] as const)(
    "in %s, %i wide: nothing is fetched or said, nothing runs out of the page, texts have the contrast of WCAG AA",
    async (colorScheme, width) => {
      expect(await visit({ colorScheme, viewport: { width, height: 900 } }, hardToRead)).toEqual([])
    },
  )
  test("what runs out of a page, or is faint, is noticed", async () => {
    const page = await browser.newPage({ viewport: { width: 375, height: 900 } })
    await page.setContent(`<p style="color: #999">faint</p><p style="width: 500px">wide</p><p>plain</p>`)
    expect(await hardToRead(page, "this")).toMatch(/^this: \d+ too wide, P 2\.8\d$/u)
    await page.close()
  })
  test("without JavaScript all is there: links lead on, the picture is drawn", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`file://${join(folder, "index.html")}`)
    await page.click("main a:text-is('BookOrder')")
    expect(page.url()).toBe(`file://${join(folder, "maps/BookOrder.html")}`)
    expect(await page.locator("svg.picture path").count()).toBeGreaterThan(20)
    expect(await page.locator("svg.picture").boundingBox()).toMatchObject({ width: expect.any(Number) })
    await context.close()
  })
  test("the keyboard gets to the content first, and sees where it is", async () => {
    const page = await browser.newPage()
    await page.goto(`file://${join(folder, "maps/BookOrder.html")}`)
    await page.keyboard.press("Tab")
    const first = page.locator(":focus")
    expect(await first.textContent()).toBe("Skip to the content")
    expect((await first.boundingBox())?.y).toBeGreaterThanOrEqual(0)
    await page.keyboard.press("Enter")
    expect(await page.evaluate("document.activeElement.id")).toBe("main")
    await page.close()
  })
  test("on paper the sheet is black on white, without navigation, with room to sign", async () => {
    const page = await browser.newPage({ colorScheme: "dark" })
    await page.emulateMedia({ media: "print", colorScheme: "dark" })
    await page.goto(`file://${join(folder, "maps/BookOrder.html")}`)
    expect(await page.locator("nav").isVisible()).toBe(false)
    expect(await page.locator(".signatures").isVisible()).toBe(true)
    const colours = await page.evaluate(
      "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]",
    )
    expect(colours).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"])
    const paper = await page.pdf({ format: "A4" })
    expect(paper.length).toBeGreaterThan(10_000)
    await page.close()
  })

  async function keep(page: Page, path: string, options: object): Promise<void> {
    const kept = process.env.FMAP_SCREENSHOTS
    if (kept === undefined) return
    mkdirSync(kept, { recursive: true })
    const name = `${path}-${JSON.stringify(options)}`.replace(/\W+/gu, "-")
    await page.screenshot({ path: join(kept, `${name}.png`), fullPage: true })
  }
})
