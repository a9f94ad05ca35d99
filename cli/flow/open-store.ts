// Where the ledger is. Flows in: `sqlite:./fmap.db` or `postgres://…`. Flows out: a ledger and how engines are made on it, or why not.
import { resolve } from "node:path"
import {
  behindVault,
  createEngine,
  dispatchLane,
  type Engine,
  type Flow,
  type Ledger,
  LedgerHeld,
  NotPossible,
  type Observer,
  openSqliteGuest,
  openSqliteLedger,
  StoreFailed,
  type Vault,
  type World,
} from "@fmap/runtime/flow"
import { type Problem, problem, problemOf } from "../terminal/problem.ts"
import { postgresDrivers } from "./postgres-drivers.ts"

export interface Store {
  /** Without what is secret in it. */
  readonly name: string
  readonly ledger: Ledger
  /** Another process works on it, and this one does not. */
  readonly elsewhere: boolean
  /** `only`: the engine works on the lane of this event, until it has ended. `observer`: who looks on. */
  engineOf(flows: readonly Flow[], only?: string, observer?: Observer): Engine
  close(): Promise<void>
}

export type OpenedAs = "worker" | "guest" | "either"

export type Opened =
  | { readonly kind: "store"; readonly store: Store }
  | { readonly kind: "problem"; readonly problem: Problem }

export function noStore(text: string): Problem {
  return problem("FM8401", `"${text}" is no store: sqlite:./fmap.db or postgres://user@host/database.`)
}

/** guest: to look and to decide, beside a process that works on it. either: to work on it, or beside who does. `name`s relative to `folder`. */
export async function openStore(
  text: string,
  folder: string,
  world: World,
  as: OpenedAs,
  troubled: (error: Error) => void,
  vault?: Vault,
): Promise<Opened> {
  try {
    if (text.startsWith("sqlite:"))
      return { kind: "store", store: sqlite(text, folder, world, as, troubled, vault) }
    if (/^postgres(?:ql)?:\/\//u.test(text))
      return { kind: "store", store: await postgres(text, world, as === "guest", troubled, vault) }
  } catch (error) {
    if (error instanceof NotPossible || error instanceof StoreFailed)
      return { kind: "problem", problem: problemOf(error) }
    throw error
  }
  return {
    kind: "problem",
    problem: noStore(text),
  }
}

function sqlite(
  text: string,
  folder: string,
  world: World,
  as: OpenedAs,
  troubled: (error: Error) => void,
  vault: Vault | undefined,
): Store {
  const path = resolve(folder, text.slice("sqlite:".length))
  const { ledger: file, elsewhere } = fileLedger(path, world, as)
  const ledger = vault === undefined ? file : behindVault(file, vault)
  return {
    name: text,
    ledger,
    elsewhere,
    engineOf: (flows, only, observer) =>
      createEngine({
        flows,
        ledger,
        world,
        worker: workerName(world),
        troubled,
        ...(only === undefined ? {} : { dispatch: dispatchLane(only) }),
        ...(observer === undefined ? {} : { observer }),
      }),
    close: async () => ledger.close(),
  }
}

function fileLedger(path: string, world: World, as: OpenedAs) {
  if (as === "guest") return { ledger: openSqliteGuest(path), elsewhere: false }
  try {
    return { ledger: openSqliteLedger(path, world), elsewhere: false }
  } catch (error) {
    if (as === "worker" || !(error instanceof LedgerHeld)) throw error
    return { ledger: openSqliteGuest(path), elsewhere: true }
  }
}

async function postgres(
  text: string,
  world: World,
  guest: boolean,
  troubled: (error: Error) => void,
  vault: Vault | undefined,
): Promise<Store> {
  const { createPostgresEngine, openPostgresLedger } = await postgresDrivers()
  const note = (error: unknown) => troubled(error instanceof Error ? error : new Error(String(error)))
  const database = await openPostgresLedger({ connection: text, guest, troubled: note }, world)
  const ledger = vault === undefined ? database : behindVault(database, vault)
  return {
    name: text.replace(/:\/\/[^/]*@/u, "://•••@"),
    ledger,
    elsewhere: false,
    engineOf: (flows, only, observer) =>
      createPostgresEngine({
        flows,
        ledger,
        world,
        worker: workerName(world),
        troubled,
        ...(only === undefined ? {} : { only }),
        ...(observer === undefined ? {} : { observer }),
      }),
    close: () => ledger.close(),
  }
}

/** No other process that ever works on the ledger has it. */
function workerName(world: World): string {
  return `fmap-${world.now().toString(36)}-${Math.floor(world.random() * 2 ** 40).toString(36)}`
}
