// The NATS server of the tests: FMAP_NATS, or the one on this machine, with JetStream. Where there is none these tests are skipped, unless
// FMAP_FORBID_SKIP=1: then its absence fails. Each test has streams of its own.
import { env } from "node:process"
import { connect } from "@nats-io/transport-node"

export const servers = env["FMAP_NATS"] ?? "127.0.0.1:4222"

export async function serverAnswers(): Promise<boolean> {
  try {
    const connection = await connect({ servers, timeout: 3_000, reconnect: false })
    await connection.close()
    return true
  } catch (error) {
    if (env["FMAP_FORBID_SKIP"] === "1")
      throw new Error(`FMAP_FORBID_SKIP=1, and ${servers} does not answer: ${error}`)
    return false
  }
}
