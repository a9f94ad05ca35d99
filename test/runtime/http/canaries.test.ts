// Secrets and labelled fields as canaries: they stand in tokens, cookies and payloads, and are looked for in every answer to who may not see them, in what is logged, and in the file of the ledger.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { apiPrefix } from "../../../runtime/http/api/openapi.ts"
import { customers, order, origin, secret, serviceOn, settled, tokenOf } from "./harness.ts"

const personal = "canary-personal-71@example.com"
const confidential = "canary-margin-9241"

test("no canary is where it must not be, and each is where it may", async () => {
  const on = await serviceOn()
  try {
    const labelled = { email: personal, margin: confidential }
    await on.put(
      order("o1", { ...labelled, customer: customers.unknown }),
      order("o2", { ...labelled, customer: customers.lost }),
      order("o3", { ...labelled, customer: customers.refused }),
      order("o4", labelled),
    )
    const open = await on.open()
    const answers = new Map<string, string>()
    const tokens: string[] = []
    const cookies: string[] = []
    for (const role of ["architect", "operations", "controller"]) {
      const token = await tokenOf(`one-of-${role}`, { role })
      tokens.push(token)
      const done = await on.ask("/login", {
        body: new URLSearchParams({ token }).toString(),
        headers: { "content-type": "application/x-www-form-urlencoded", origin },
      })
      const cookie = (done.headers.get("set-cookie") ?? "").split(";")[0] ?? ""
      cookies.push(cookie.split("=")[1] ?? "")
      const paths = [
        ...["/", "/exceptions", "/flows", "/trace?key=o2", "/trace?key=o4", "/audit"],
        ...Object.values(open).map(number => `/exceptions/${number}`),
        ...[
          "queues",
          "exceptions",
          "dead-letters",
          "trace?key=o1",
          "trace?key=o4",
          "stats",
          "flows",
          "flows/Orders",
          "audit",
          "me",
        ].map(path => `${apiPrefix}/${path}`),
        ...Object.values(open).map(number => `${apiPrefix}/exceptions/${number}`),
      ]
      let all = ""
      for (const path of paths)
        all += (await on.ask(path, path.startsWith(apiPrefix) ? { token } : { headers: { cookie } })).text
      // what is refused repeats nothing either
      for (const verb of ["edit", "retry", "settle"])
        all += (
          await on.ask(`${apiPrefix}/exceptions/${open["o1"]}/${verb}`, {
            token,
            body: { reason: "x", changes: [{ pointer: "/customer", value: 7 }] },
          })
        ).text
      answers.set(role, all)
    }
    await settled(on.engine)
    // Who may not see a value does not find out either whether it is there: in payloads, and in what was sent.
    const findsBy = async (value: string) => {
      const roles: string[] = []
      for (const role of answers.keys()) {
        const { json } = await on.ask(`${apiPrefix}/trace?key=${encodeURIComponent(value)}`, { as: role })
        if (json.transactions.length > 0) roles.push(role)
      }
      return roles
    }
    expect(await findsBy("o4")).toEqual(["architect", "operations", "controller"])
    expect(await findsBy(personal)).toEqual(["operations", "controller"])
    expect(await findsBy(confidential)).toEqual(["controller"])
    const seenBy = (canary: string) =>
      [...answers].filter(([, text]) => text.includes(canary)).map(([role]) => role)
    expect(seenBy(personal)).toEqual(["operations", "controller"])
    expect(seenBy(confidential)).toEqual(["controller"])

    const folder = on.folder ?? ""
    const file = readdirSync(folder)
      .map(name => readFileSync(join(folder, name), "latin1"))
      .join("")
    expect(file).toContain(personal)
    const said = [...answers.values()].join("")
    const logged = JSON.stringify([on.logged, on.troubles])
    expect(on.logged.length).toBeGreaterThan(70)
    for (const canary of [secret, ...tokens, ...tokens.map(token => token.split(".")[2] ?? ""), ...cookies]) {
      expect(canary.length).toBeGreaterThan(20)
      for (const place of [file, said, logged]) expect(place.includes(canary)).toBe(false)
    }
    for (const canary of [personal, confidential]) expect(logged).not.toContain(canary)
  } finally {
    await on.close()
  }
})
