// Many operations, one transaction: those that come while another transaction is under way are written and synced together. Flows in: operations. Flows out: their
// results, only after the commit. What cannot share a transaction is run again in one of its own.
import type { Pool, PoolClient } from "pg"
import type { Operation, Wake } from "../../ledger/operation.ts"
import type { Statement } from "../../ledger/statement.ts"
import { failureOf } from "./failure-of.ts"
import type { Prepared } from "./message.ts"
import { ask, type Ended, runTogether } from "./run-together.ts"

export type RunTransaction = <T>(operation: () => Operation<T>) => Promise<T>

interface Waiting {
  /** For another try, in a transaction of its own. */
  readonly again: () => Operation<unknown>
  readonly begun: Operation<unknown>
  readonly succeed: (result: unknown) => void
  readonly fail: (error: unknown) => void
}

const mostOperations = 200

/** `word` tells of lanes in the same transaction; `defer` calls after what is running now. */
export function groupCommit(
  pool: Pool,
  word: (wakes: readonly Wake[]) => Promise<Statement>,
  defer: (work: () => void) => void,
): RunTransaction {
  const prepared = new WeakMap<PoolClient, Prepared>()
  let waiting: Waiting[] = []
  let deferred = false
  let underWay = false

  function later(): void {
    if (deferred || underWay || waiting.length === 0) return
    deferred = true
    defer(() => {
      deferred = false
      void flush()
    })
  }

  async function flush(): Promise<void> {
    const group = waiting.slice(0, mostOperations)
    waiting = waiting.slice(mostOperations)
    underWay = true
    try {
      tell(group, await transaction(group.map(({ begun }) => begun)))
    } catch (error) {
      if (group.length === 1 || failureOf(error) === "later") for (const { fail } of group) fail(error)
      else for (const one of group) void alone(one, one.again())
    } finally {
      underWay = false
      later()
    }
  }

  async function alone(one: Waiting, operation: Operation<unknown>): Promise<void> {
    try {
      tell([one], await transaction([operation]))
    } catch (error) {
      one.fail(error)
    }
  }

  async function transaction(operations: readonly Operation<unknown>[]): Promise<readonly Ended[]> {
    const client = await pool.connect()
    try {
      const known = preparedOn(client)
      const { ended, wakes, left } = await runTogether(client, known, operations)
      const statements = wakes.length === 0 ? left.statements : [...left.statements, await word(wakes)]
      if (left.begin === "begun" || statements.length > 0)
        await ask(client, known, { ...left, statements, commit: true })
      client.release()
      return ended
    } catch (error) {
      await client.query("ROLLBACK").then(
        () => client.release(),
        () => client.release(true),
      )
      throw error
    }
  }

  function preparedOn(client: PoolClient): Prepared {
    const known = prepared.get(client) ?? { names: new Map(), begun: 0, count: 0 }
    prepared.set(client, known)
    return known
  }

  return operation =>
    new Promise((resolve, reject) => {
      const started = operation()
      const first = started.next([])
      const one: Waiting = {
        again: operation,
        begun: from(first, started),
        succeed: result => resolve(result as never),
        fail: reject,
      }
      if (!holdsFirst(first)) return void alone(one, one.begun)
      waiting.push(one)
      later()
    })
}

function tell(group: readonly Waiting[], ended: readonly Ended[]): void {
  for (const [index, { succeed, fail }] of group.entries()) {
    const how = ended[index]
    if (how?.kind === "done") succeed(how.result)
    else fail(how?.error)
  }
}

type Step = ReturnType<Operation<unknown>["next"]>

/** Operations that begin with a lock change a few rows and end; others may read for long, and nobody should wait for them. */
function holdsFirst({ done, value }: Step): boolean {
  return done !== true && value.kind === "lock"
}

/** An operation whose first step was looked at, as if nobody had. */
function* from(first: Step, started: Operation<unknown>): Operation<unknown> {
  let step = first
  while (step.done !== true) step = started.next(yield step.value)
  return step.value
}
