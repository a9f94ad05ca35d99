// One after the other for what has one name: two lanes that both make sure of a customer must not both find none. Flows in: a name and work. Flows out: what the work gives. For one
// process; between several, the target's own unique keys decide.

export interface Turns {
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T>
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    async inTurn(name, work) {
      const before = last.get(name) ?? Promise.resolve()
      const own = before.then(work, work)
      last.set(name, own)
      try {
        return await own
      } finally {
        if (last.get(name) === own) last.delete(name)
      }
    },
  }
}
