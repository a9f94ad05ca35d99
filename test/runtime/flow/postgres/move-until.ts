// `node … move-until.ts FROM TO WORD`: a move that is killed as soon as it has done what begins with WORD. Places are files, or `postgres:SCHEMA`.
import { argv, kill, pid } from "node:process"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { moveLedger } from "../../../../runtime/flow/move/move-ledger.ts"
import { sourceAt, targetAt } from "./ends.ts"

const [from = "", to = "", word = ""] = argv.slice(2)
const world = systemWorld()
await moveLedger({
  source: await sourceAt(from, world),
  target: await targetAt(to, world),
  world,
  by: "mara",
  told: done => {
    if (done.startsWith(word)) kill(pid, "SIGKILL")
  },
})
