// Streams of a test on a real server. Flows in: a connection. Flows out: three streams of its own, what stands in them, and their end.
import { jetstream, jetstreamManager, StorageType } from "@nats-io/jetstream"
import { connect, type NatsConnection } from "@nats-io/transport-node"
import { servers } from "../../runtime/brokers/server.ts"

export interface Streams {
  readonly names: { readonly stream: string; readonly out: string; readonly dead: string }
  publish(payload: unknown, id?: string): Promise<void>
  messages(
    of: "out" | "dead",
  ): Promise<readonly { readonly id: string; readonly text: string; readonly problem: string }[]>
  remove(): Promise<void>
}

export async function makeStreams(): Promise<Streams> {
  const connection: NatsConnection = await connect({ servers })
  const manager = await jetstreamManager(connection)
  const client = jetstream(connection)
  const stem = `fmap_cli_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  const names = { stream: stem, out: `${stem}_out`, dead: `${stem}_dead` }
  await manager.streams.add({ name: names.stream, subjects: [`${stem}.>`], storage: StorageType.File })
  await manager.streams.add({ name: names.out, subjects: [`${names.out}.>`], storage: StorageType.File })
  await manager.streams.add({ name: names.dead, subjects: [names.dead], storage: StorageType.Memory })
  return {
    names,
    async publish(payload, id) {
      const data = typeof payload === "string" ? payload : JSON.stringify(payload)
      await client.publish(`${stem}.won`, data, id === undefined ? {} : { msgID: id })
    },
    async messages(of) {
      const name = names[of]
      const { state } = await manager.streams.info(name)
      const found = []
      for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq++) {
        const message = await manager.streams.getMessage(name, { seq })
        if (message === null) continue
        const { header } = message
        found.push({ id: header.get("ce-id"), text: message.string(), problem: header.get("fmap-problem") })
      }
      return found
    },
    async remove() {
      for (const name of Object.values(names)) await manager.streams.delete(name).catch(() => undefined)
      await connection.close()
    },
  }
}
