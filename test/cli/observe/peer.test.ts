// Packages that are the user's own: what is told where one is missing, and what is no such thing.
import { expect, test } from "vitest"
import { peer } from "../../../cli/observe/peer.ts"

test("a package that is not there is told in a sentence with its section", async () => {
  const missing = Object.assign(new Error("Cannot find package 'prom-client'"), {
    code: "ERR_MODULE_NOT_FOUND",
  })
  const found = await peer("metrics", "the package prom-client", () => Promise.reject(missing))
  expect(found.kind === "problems" ? found.problems : found).toEqual([
    {
      code: "FM8410",
      message: expect.stringMatching(/^"metrics" needs the package prom-client beside fmap \(.*\)\.$/u),
    },
  ])
})

test("one that is there is given, and one that breaks while it loads is a bug", async () => {
  expect(await peer("metrics", "a package", async () => 1)).toEqual({ kind: "peer", peer: 1 })
  await expect(peer("metrics", "a package", () => Promise.reject(new TypeError("bad")))).rejects.toThrow(
    "bad",
  )
})
