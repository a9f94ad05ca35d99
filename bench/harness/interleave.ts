// Interleaved timing on a machine others use too. Every round times every candidate once, in turning order; ratios are taken inside
// a round, so that drift and neighbours hit all alike; what is reported are medians over rounds. Flows in: functions that do one
// batch of work; flows out: times and samples per candidate.
export interface Candidate {
  readonly name: string
  /** Its batch is so many times smaller than the others': its times are multiplied. */
  readonly scale?: number
  /** Makes fresh input; not timed. */
  readonly prepare?: () => unknown
  /** One batch. What it returns is kept, so that nothing is optimised away. */
  readonly run: (input: never) => unknown
}

export interface Measured {
  readonly name: string
  /** Nanoseconds a batch, one of each round. */
  readonly rounds: readonly number[]
}

export interface Effort {
  readonly warmUp: number
  readonly rounds: number
}

export async function interleave(
  candidates: readonly Candidate[],
  { warmUp, rounds }: Effort,
): Promise<readonly Measured[]> {
  const times = candidates.map((): number[] => [])
  for (let round = -warmUp; round < rounds; round++) {
    for (let place = 0; place < candidates.length; place++) {
      const index = (((place + round) % candidates.length) + candidates.length) % candidates.length
      const candidate = candidates[index]
      if (candidate === undefined) continue
      const time = await once(candidate)
      if (round >= 0) times[index]?.push(time)
    }
  }
  return candidates.map(({ name }, index) => ({ name, rounds: times[index] ?? [] }))
}

async function once({ prepare, run, scale = 1 }: Candidate): Promise<number> {
  const input = prepare?.() as never
  const start = process.hrtime.bigint()
  const result = run(input)
  if (result instanceof Promise) await result
  const end = process.hrtime.bigint()
  kept.value = result
  return Number(end - start) * scale
}

const kept: { value: unknown } = { value: undefined }
