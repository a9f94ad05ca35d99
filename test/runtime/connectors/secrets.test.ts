// Secrets: where they come from, and that they stay there. A canary is looked for in everything a connector lets out.
import { chmodSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { inspect } from "node:util"
import { describe, expect, test } from "vitest"
import { createSalesforce } from "../../../runtime/connectors/salesforce/salesforce.ts"
import { nodeSecrets } from "../../../runtime/connectors/secrets/node-secrets.ts"
import { SecretMissing } from "../../../runtime/connectors/secrets/secrets.ts"
import { faultKinds } from "../../../runtime/simulators/kernel/faults.ts"
import { jsonAnswer } from "../../../runtime/simulators/kernel/json-body.ts"
import type { Platform } from "../../../runtime/simulators/kernel/platform.ts"
import { simulatedSalesforce } from "../../../runtime/simulators/salesforce/salesforce-platform.ts"
import { folderWith } from "../../cli/folder.ts"
import { call, canary, failureOf, stageOf } from "./harness.ts"

const secrets = (environment: Record<string, string> = {}) =>
  nodeSecrets({ environment: { PATH: process.env["PATH"], ...environment } })

describe("references", () => {
  test("the environment, a file of its owner, a program", async () => {
    const folder = folderWith({ secret: "from a file\n", program: '#!/bin/sh\necho "$1 $2"\n' })
    const [file, program] = [join(folder, "secret"), join(folder, "program")]
    chmodSync(file, 0o600)
    chmodSync(program, 0o700)
    const all = secrets({ TOKEN: "from the environment" })
    expect(await all.get("env:TOKEN")).toBe("from the environment")
    expect(await all.get(`file:${file}`)).toBe("from a file")
    expect(await all.get(`exec:${program} $HOME ;ls`)).toBe("$HOME ;ls")
    expect(all.mask("it was: from a file!")).toBe("it was: •••!")
  })
  test("a rotated secret is found at the next look", async () => {
    const file = join(folderWith({ secret: "old-secret" }), "secret")
    chmodSync(file, 0o600)
    const all = secrets()
    expect(await all.get(`file:${file}`)).toBe("old-secret")
    writeFileSync(file, "new-secret")
    expect(await all.get(`file:${file}`)).toBe("new-secret")
    expect(all.mask("old-secret new-secret")).toBe("••• •••")
  })
  test.each([
    ["env:NOT_THERE", "There is nothing at env:NOT_THERE"],
    ["file:/not/there", "file:/not/there cannot be read"],
    ["file:relative", "A secret is named by"],
    ["exec:/bin/false", "exec:/bin/false failed (1)"],
    ["hunter2-the-secret-itself", "A secret is named by"],
    ["env:EMPTY", "There is nothing at env:EMPTY"],
  ])("%s", async (reference, message) => {
    const failed = await secrets({ EMPTY: "" })
      .get(reference)
      .catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(SecretMissing)
    expect(String(failed)).toContain(message)
    expect(String(failed)).not.toContain("hunter2")
  })
  test("a file others can read is refused", async () => {
    const file = join(folderWith({ secret: "x-y-z-secret" }), "secret")
    chmodSync(file, 0o640)
    await expect(secrets().get(`file:${file}`)).rejects.toThrow("needs mode 0600")
  })
  test("what a program says when it fails is not told on", async () => {
    const program = join(folderWith({ program: `#!/bin/sh\necho ${canary} >&2\nexit 3\n` }), "program")
    chmodSync(program, 0o700)
    const failed = await secrets()
      .get(`exec:${program} ${canary}`)
      .catch((error: unknown) => inspect(error))
    expect(failed).not.toContain(canary)
  })
})

describe("the canary", () => {
  const forms = [
    canary,
    Buffer.from(`user:${canary}`).toString("base64"),
    encodeURIComponent(canary),
    Buffer.from(canary).toString("base64"),
  ]
  const connect = (stage: Parameters<typeof createSalesforce>[1] & { url: string }) =>
    createSalesforce(
      {
        system: "Salesforce",
        baseUrl: stage.url,
        reach: "loopback",
        apiVersion: "v62.0",
        auth: { kind: "client-credentials", clientId: "env:CLIENT_ID", clientSecret: "env:CLIENT_SECRET" },
        totalMs: 150,
      },
      stage,
    )
  const account = {
    object: "Account",
    key: "ExternalId__c",
    fields: null,
    verb: "upsert",
    record: { ExternalId__c: "1", Name: "n" },
  } as const
  const texts = (error: unknown) =>
    [
      inspect(error, { depth: 10, showHidden: true }),
      JSON.stringify(error),
      String((error as Error).stack),
    ].join("\n")

  test.each(faultKinds)("after %s on every request nothing shows it", async fault => {
    const stage = await stageOf(simulatedSalesforce(), { faults: () => fault })
    const salesforce = connect(stage)
    const failed = await failureOf(salesforce.send(account, call()))
    for (const form of forms) expect(texts(failed)).not.toContain(form)
    expect(inspect(salesforce, { depth: 10 }) + JSON.stringify(salesforce)).not.toContain(canary)
    await salesforce.close()
  })

  test("a platform that says it back, in any form, is not quoted with it", async () => {
    const echo: Platform = {
      name: "echo",
      dump: () => null,
      load: () => undefined,
      handle: request =>
        jsonAnswer(400, {
          error: `bad ${canary}`,
          error_description: `You sent ${Buffer.from(request.body).toString()} ${forms.join(" ")}`,
        }),
    }
    const stage = await stageOf(echo)
    const failed = await failureOf(connect(stage).send(account, call()))
    expect(failed.message).toContain("•••")
    // what stands before it in a header moves the letters of base64: only whole values are known
    for (const form of [canary, encodeURIComponent(canary), Buffer.from(canary).toString("base64")])
      expect(texts(failed)).not.toContain(form)
  })

  test("a token is as good as a secret", async () => {
    const inner = simulatedSalesforce()
    const echo: Platform = {
      ...inner,
      handle: request =>
        request.path.endsWith("/token")
          ? inner.handle(request)
          : jsonAnswer(400, [
              { errorCode: "X", message: `Bad header ${request.headers.get("authorization")}` },
            ]),
    }
    const failed = await failureOf(connect(await stageOf(echo)).send(account, call()))
    expect(failed.message).toBe("Salesforce: Bad header Bearer •••")
  })
})
