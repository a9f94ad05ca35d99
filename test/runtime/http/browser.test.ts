// The console in a real browser: a person signs in, decides and leaves without a script; texts that want to be code stay texts, in every field of every page; it can be read, by keyboard and on a
// telephone, too. Skipped where no Chromium is installed, unless FMAP_FORBID_SKIP=1. FMAP_SCREENSHOTS=folder keeps pictures.
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { type Browser, chromium, type Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { BusinessException, CallFailed, type Flow, type FlowSpec } from "../../../runtime/flow/index.ts"
import { type HttpServer, originsOf, serveHttp } from "../../../runtime/http/index.ts"
import { findChromium } from "../../cli/docs/find-chromium.ts"
import { hardToRead } from "../../cli/docs/hard-to-read.ts"
import { customers, order, serviceOn, settled, spec, type TestService, tokenOf } from "./harness.ts"
import { hostile } from "./hostile.ts"
import { type Console, people, startConsole } from "./oidc/signing-in.ts"

const executablePath = findChromium()
const maySkip = process.env["FMAP_FORBID_SKIP"] !== "1"
const pictures = process.env["FMAP_SCREENSHOTS"]

/** Everything a flow says is hostile: codes, sentences, places, queues, targets, receipts. */
function hostileFlow(): Flow {
  return {
    name: "Orders",
    version: "1.0.0",
    lane: event => event.id,
    policy: "park",
    async handler(event, ctx) {
      const { id } = event.payload as { readonly id: string }
      const text = hostile[Number(id)] ?? ""
      await ctx.step(`step ${text}`, () => ({ [text]: text }))
      await ctx.effect({
        name: `effect ${text}`,
        target: { name: `target ${text}`, idempotency: {} },
        request: event.payload,
        amount: { value: "1.00", currency: text },
        send: async () => {
          if (Number(id) % 3 === 0) throw new CallFailed("in-doubt", text, text)
          return { [text]: text }
        },
      })
      ctx.emit({ name: "told", to: { kind: "topic", topic: text }, payload: {} })
      const issue = {
        code: text,
        severity: "hold",
        root: text,
        pointer: `/${text.replaceAll("~", "~0").replaceAll("/", "~1")}`,
        message: text,
        value: text,
        at: text,
        lookup: { crosswalk: text, keys: [text] },
      }
      const detail = {
        step: text,
        map: "ToOrder",
        issues: [issue, { ...issue, root: "source", lookup: undefined }],
        target: { system: text, code: text },
      }
      throw new BusinessException(text, text, detail, {
        kind: "hold",
        queue: `queue ${text}`,
        owner: `owner ${text}`,
        lane: "park",
      })
    },
  }
}

describe.skipIf(executablePath === null && maySkip)("the console in a browser", () => {
  let browser: Browser
  let on: TestService
  let evil: TestService
  const servers: HttpServer[] = []

  async function served(make: (origins: () => readonly string[]) => Promise<TestService>) {
    const origins: string[] = []
    const service = await make(() => origins)
    const server = await serveHttp(service.service, { host: "127.0.0.1", port: 0, behindTls: false })
    origins.push(...originsOf("127.0.0.1", Number(new URL(server.url).port)))
    servers.push(server)
    return { service, url: server.url }
  }
  let url = ""
  let evilUrl = ""
  beforeAll(async () => {
    expect(executablePath, "FMAP_FORBID_SKIP=1, and no Chromium is installed").not.toBeNull()
    browser = await chromium.launch({ executablePath: executablePath ?? "chromium", args: ["--no-sandbox"] })
    ;({ service: on, url } = await served(origins => serviceOn("sqlite", { origins })))
    await on.put(
      order("SF-0061", {
        customer: customers.unknown,
        lines: [
          { sku: "A-1", quantity: 2 },
          { sku: "B-7", quantity: 1 },
        ],
      }),
      order("SF-0062", { customer: customers.unknown }),
      order("SF-0063", { customer: customers.refused }),
      order("SF-0064", { customer: customers.lost }),
      order("SF-0065"),
    )
    const spoken = {
      ...spec,
      owner: hostile[0],
      steps: spec.steps.map(step => ({ ...step, needs: [...hostile] })),
    } as FlowSpec
    ;({ service: evil, url: evilUrl } = await served(origins =>
      serviceOn("sqlite", { origins, flows: [{ spec: spoken, labels: [] }], labels: [] }, hostileFlow),
    ))
    for (const [i, text] of hostile.entries())
      await evil.engine.append([
        {
          flow: "Orders",
          source: `source ${text}`,
          id: text,
          payload: { id: String(i), [text]: text, deep: [{ [text]: [text] }] },
          correlationId: text,
          amount: { value: "1234567.00", currency: text },
        },
      ])
    await settled(evil.engine)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    for (const server of servers) await server.stop()
    await on?.close()
    await evil?.close()
  })

  async function signIn(page: Page, at: string, role: string, subject = `mara.${role}@example.com`) {
    await page.goto(`${at}/`)
    await page.fill("#token", await tokenOf(subject, { role }))
    await page.click("text=Sign in >> nth=-1")
    await page.waitForURL(`${at}/`)
  }

  async function keep(page: Page, name: string) {
    if (pictures === undefined) return
    mkdirSync(pictures, { recursive: true })
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
  }

  test("a person signs in, finds what is wrong, puts it right and leaves, without JavaScript", async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 1280, height: 900 },
    })
    const page = await context.newPage()
    await signIn(page, url, "operations")
    await keep(page, "queues")
    await page.click("a:text-is('NO_CUSTOMER')")
    await page.click("a:text-is('#1')")
    expect(await page.locator("h1").textContent()).toBe("NO_CUSTOMER")
    await page.click("summary:text-is('Edit the record')")
    await page.fill("input[name='field /customer']", customers.good)
    await page.fill("#edit-reason", "the shop typed it wrong")
    await keep(page, "edit")
    await page.click("button:text-is('Edit the record')")
    expect(await page.locator(".note.good").textContent()).toContain(
      "The record was changed, and the event goes on.",
    )
    await settled(on.engine)
    await page.goto(`${url}/trace?key=SF-0061`)
    expect(await page.locator("article").textContent()).toContain("edit by mara.operations@example.com")
    await page.click("button:text-is('Sign out')")
    await page.waitForURL(`${url}/login`)
    await page.goBack()
    expect(await page.locator("h1").textContent()).toBe("Sign in")
    await context.close()
  })

  const pages = [
    "/",
    "/exceptions",
    "/exceptions/2",
    "/exceptions/4",
    "/flows",
    "/flows/Orders",
    "/trace?key=SF-0061",
    "/replay?flow=Orders",
    "/audit?verify=yes",
  ]
  test.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 375],
    ["dark", 375],
  ] as const)(
    "in %s, %i wide: quiet, nothing runs out of the page, texts have the contrast of WCAG AA",
    async (colorScheme, width) => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
      const page = await context.newPage()
      const found: unknown[] = []
      page.on("console", message => found.push(message.text()))
      page.on("pageerror", error => found.push(String(error)))
      page.on("request", request => {
        if (!request.url().startsWith(url)) found.push(request.url())
      })
      await page.goto(`${url}/login`)
      await keep(page, `login-${colorScheme}-${width}`)
      found.push(await hardToRead(page, "/login"))
      await signIn(page, url, "controller")
      for (const path of pages) {
        await page.goto(`${url}${path}`)
        await page.evaluate(`for (const one of document.querySelectorAll("details")) one.open = true`)
        found.push(await hardToRead(page, path))
        await keep(page, `${path.replaceAll(/\W+/gu, "-")}-${colorScheme}-${width}`)
      }
      expect(found.filter(one => one !== undefined)).toEqual([])
      await context.close()
    },
  )

  test("every field has a name, every table its heads, and the keyboard gets to the content first", async () => {
    const page = await browser.newPage()
    await signIn(page, url, "controller")
    for (const path of pages) {
      await page.goto(`${url}${path}`)
      const nameless =
        await page.evaluate(`[...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
        .filter(one => one.labels.length === 0 && !one.getAttribute("aria-label")).map(one => one.outerHTML)`)
      expect([path, nameless]).toEqual([path, []])
      const headless = await page.evaluate(
        `[...document.querySelectorAll("table")].filter(one => one.querySelector("th[scope]") === null).length`,
      )
      expect([path, headless]).toEqual([path, 0])
      expect(await page.locator("h1").count()).toBe(1)
      await page.keyboard.press("Tab")
      expect(await page.locator(":focus").textContent()).toBe("Skip to the content")
    }
    await page.close()
  })

  test("texts that want to be code are texts, in every field of every page", async () => {
    const context = await browser.newContext({ bypassCSP: true })
    const page = await context.newPage()
    const found: unknown[] = []
    page.on("dialog", dialog => {
      found.push(dialog.message())
      void dialog.dismiss()
    })
    page.on("request", request => {
      if (!request.url().startsWith(evilUrl)) found.push(request.url())
    })
    await signIn(page, evilUrl, "controller", hostile[1])
    const numbers = Object.values(await evil.open())
    expect(numbers.length).toBe(hostile.length)
    for (const [i, number] of numbers.entries())
      for (const [verb, body] of [
        ["assign", { owner: hostile[i], reason: hostile[i] }],
        ["reissue", { reason: hostile[i] }],
      ] as const)
        await evil.ask(`/api/v1/exceptions/${number}/${verb}`, { as: "operations", body })
    const paths = [
      "/",
      "/exceptions",
      ...numbers.map(number => `/exceptions/${number}`),
      "/flows",
      "/flows/Orders",
      ...hostile.flatMap(text => [
        `/trace?key=${encodeURIComponent(text)}`,
        `/exceptions?${new URLSearchParams({ code: text, owner: text, key: text, flow: text, in: `q ${text}`, state: text })}`,
        `/replay?${new URLSearchParams({ flow: "Orders", version: text, code: text, queue: text, key: text, from: text })}`,
        `/replay?${new URLSearchParams({ flow: "Orders", code: text, queue: text, key: text, from: text })}`,
        `/audit?${new URLSearchParams({ subject: text })}`,
        `/${encodeURIComponent(text)}`,
      ]),
      "/replay?flow=Orders",
      "/audit",
    ]
    for (const path of paths) {
      await page.goto(`${evilUrl}${path}`)
      await page.evaluate(`for (const one of document.querySelectorAll("details")) one.open = true`)
      const seen = await page.evaluate(`({
        ran: window.ran,
        foreign: document.querySelectorAll("script, iframe, object, embed, base, body svg, img, meta[http-equiv]").length,
        links: [...document.querySelectorAll("[href], [src], [action], [formaction]")]
          .flatMap(one => ["href", "src", "action", "formaction"].map(name => one.getAttribute(name)).filter(Boolean))
          .filter(link => !/^[/#](?!\\/)/.test(link)),
        handlers: [...document.querySelectorAll("*")].flatMap(one => [...one.attributes]).filter(one => /^on|^style$|^srcdoc$/.test(one.name)).length,
      })`)
      expect([path, seen]).toEqual([path, { ran: undefined, foreign: 0, links: [], handlers: 0 }])
    }
    expect(found).toEqual([])
    await context.close()
  }, 120_000)

  test("the policy is a second wall: what got through would not run", async () => {
    const page = await browser.newPage()
    await signIn(page, url, "controller")
    const ran = await page.evaluate(`(async () => {
      const script = document.createElement("script")
      script.textContent = "window.ran = 1"
      document.body.append(script)
      document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran=2'>")
      await new Promise(wake => setTimeout(wake, 200))
      return window.ran
    })()`)
    expect(ran).toBeUndefined()
    await page.close()
  })

  describe("at an issuer of another site", () => {
    let at: Console
    beforeAll(async () => {
      at = await startConsole()
      await at.on.put(order("SF-0071", { customer: customers.unknown }))
      at.issuer.people = Object.values(people)
    })
    afterAll(() => at?.close())

    test("a person signs in, gets to the page they wanted, and signs out here and there, without JavaScript", async () => {
      const context = await browser.newContext({ javaScriptEnabled: false })
      const page = await context.newPage()
      const answers: number[] = []
      page.on("response", answer => answers.push(answer.status()))
      await page.goto(`${at.url}/exceptions?code=NO_CUSTOMER`)
      await page.click("a:has-text('Sign in at localhost')")
      expect(new URL(page.url()).origin).toBe(at.issuer.url)
      await page.click("a:text-is('carl')")
      await page.waitForURL(`${at.url}/exceptions?code=NO_CUSTOMER`)
      expect(await page.locator(".bar .who").textContent()).toBe("carl")
      expect(await page.locator(".bar .role").textContent()).toBe("controller")
      const cookies = await context.cookies(at.url)
      expect(cookies).toMatchObject([{ name: "fmap", httpOnly: true, sameSite: "Strict" }])
      await page.click("a:text-is('#1')")
      await page.click("summary:text-is('Skip')")
      await page.fill("#skip-reason", "a test of the shop")
      await page.click("button:text-is('Skip')")
      expect(await page.locator(".note.good").textContent()).toContain("The event is skipped.")
      await page.click("button:text-is('Sign out')")
      await page.waitForURL(`${at.url}/login`)
      expect(at.issuer.asked.at(-1)).toMatch(/^\/leave\?/u)
      expect(await context.cookies(at.url)).toEqual([])
      await page.goto(`${at.url}/exceptions/1`)
      expect(await page.locator("h1").textContent()).toBe("Sign in")
      expect(answers.filter(status => status >= 400)).toEqual([])
      await context.close()
    })

    test.each([
      ["light", 1280],
      ["dark", 375],
    ] as const)("in %s, %i wide: who has no role sees which groups were seen", async (colorScheme, width) => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
      const page = await context.newPage()
      const found: unknown[] = []
      page.on("pageerror", error => found.push(String(error)))
      await page.goto(`${at.url}/login`)
      found.push(await hardToRead(page, "/login"))
      await page.click("a:has-text('Sign in at localhost')")
      await page.click("a:text-is('nobody')")
      await page.waitForURL(/callback/u)
      expect(await page.locator(".note.bad li").allTextContents()).toEqual(["everybody", "canteen"])
      await page.evaluate(`for (const one of document.querySelectorAll("details")) one.open = true`)
      found.push(await hardToRead(page, "/login/callback"))
      await keep(page, `no-role-${colorScheme}-${width}`)
      expect(found.filter(one => one !== undefined)).toEqual([])
      await context.close()
    })
  })
})
