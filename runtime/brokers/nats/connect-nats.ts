// A connection to NATS. Flows in: servers and how one says who one is. Flows out: clients of JetStream; or an error with a sentence. It connects again by itself, for ever, once it was
// connected.
import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from "@nats-io/jetstream"
import { connect, credsAuthenticator, type NodeConnectionOptions } from "@nats-io/transport-node"

export interface NatsOptions {
  readonly servers: readonly string[]
  /** Of this client, as the server lists it. */
  readonly name: string
  readonly tls?: boolean
  readonly user?: string
  readonly password?: string
  readonly token?: string
  /** The text of a file of credentials: a token and the seed of a key. */
  readonly credentials?: string
}

export interface NatsLink {
  readonly client: JetStreamClient
  readonly manager: JetStreamManager
  close(): Promise<void>
}

export async function connectNats(options: NatsOptions): Promise<NatsLink> {
  const { servers, name, tls, user, password, token, credentials } = options
  const settings: NodeConnectionOptions = {
    servers: [...servers],
    name,
    timeout: 10_000,
    maxReconnectAttempts: -1,
    ...(tls === true ? { tls: {} } : {}),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { pass: password }),
    ...(token === undefined ? {} : { token }),
    ...(credentials === undefined
      ? {}
      : { authenticator: credsAuthenticator(new TextEncoder().encode(credentials)) }),
  }
  const connection = await connect(settings)
  try {
    const manager = await jetstreamManager(connection)
    // close, not drain: what was not acknowledged is sent again anyway
    return { client: jetstream(connection), manager, close: () => connection.close() }
  } catch (error) {
    await connection.close()
    throw error
  }
}

/** The stream that keeps what is published there; undefined: none does, and it would be lost. */
export async function streamFor({ manager }: NatsLink, subject: string): Promise<string | undefined> {
  return manager.streams.find(subject).catch(() => undefined)
}

/** The number of the last message there now; 0: there is none. Undefined: there is no such stream. */
export async function lastOf(
  { manager }: NatsLink,
  stream: string,
  subjects: readonly string[] = [">"],
): Promise<number | undefined> {
  const there = await manager.streams.info(stream).then(
    () => true,
    () => false,
  )
  if (!there) return undefined
  const last = await Promise.all(
    subjects.map(async subject => {
      const message = await manager.streams.getMessage(stream, { last_by_subj: subject }).catch(() => null)
      return message?.seq ?? 0
    }),
  )
  return Math.max(...last)
}
