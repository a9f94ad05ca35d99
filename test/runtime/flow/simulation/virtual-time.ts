// Time that passes only when everybody waits. Flows in: sleepers and deferred work of all processes. Flows out: they are woken one by one, in
// an order a seed decides. A process that is killed is never woken again.
import type { World } from "../../../../runtime/flow/port/world.ts"
import type { Random } from "./random.ts"

interface Timer {
  readonly at: number
  readonly order: number
  readonly process: Process
  readonly wake: () => void
}

/** What dies as one. */
export interface Process {
  alive: boolean
}

export interface VirtualTime {
  now(): number
  /** The world as one process sees it. `skew`: its clock is wrong by so much. */
  worldOf(process: Process, skew?: number): World
  sleep(process: Process, ms: number): Promise<void>
  /** Lets everything go on until `done` says so; false when nothing moves any more, or after `most` steps. */
  run(done: () => boolean, most: number): Promise<boolean>
}

/** `beforeCommit` and `afterCommit` may kill the process around its deferred work. */
export interface Crashes {
  beforeCommit(process: Process): void
  afterCommit(process: Process): void
}

export function virtualTime(random: Random, crashes: Crashes): VirtualTime {
  let now = Date.UTC(2026, 2, 1)
  let order = 0
  let timers: Timer[] = []
  let deferred: { readonly process: Process; readonly work: () => void }[] = []

  const add = (process: Process, ms: number, wake: () => void): Timer => {
    const timer = { at: now + Math.max(0, ms), order: order++, process, wake }
    timers.push(timer)
    return timer
  }

  function step(): boolean {
    deferred = deferred.filter(one => one.process.alive)
    const work = deferred.shift()
    if (work !== undefined) {
      crashes.beforeCommit(work.process)
      if (work.process.alive) {
        work.work()
        crashes.afterCommit(work.process)
      }
      return true
    }
    timers = timers.filter(one => one.process.alive)
    const first = timers.toSorted((a, b) => a.at - b.at || a.order - b.order)[0]
    if (first === undefined) return false
    timers = timers.filter(one => one !== first)
    now = Math.max(now, first.at)
    first.wake()
    return true
  }

  return {
    now: () => now,
    worldOf: (process, skew = 0) => ({
      now: () => now + skew,
      random: random.next,
      defer: work => void deferred.push({ process, work }),
      sleep: (ms, signal) =>
        new Promise(resolve => {
          if (signal.aborted) return resolve()
          const timer = add(process, ms, resolve)
          const early = () => {
            timers = timers.filter(one => one !== timer)
            if (process.alive) resolve()
          }
          signal.addEventListener("abort", early, { once: true })
        }),
    }),
    sleep: (process, ms) => new Promise(resolve => void add(process, ms, resolve)),
    async run(done, most) {
      for (let steps = 0; steps < most; steps++) {
        await new Promise(setImmediate)
        if (done()) return true
        if (!step()) return false
      }
      return false
    },
  }
}
