// The door of @fmap/runtime/brokers/nats: events from and to NATS JetStream. The packages @nats-io/jetstream and @nats-io/transport-node are optional peers.
export { connectNats, lastOf, type NatsLink, type NatsOptions, streamFor } from "./connect-nats.ts"
export { type ConsumeOptions, consumeFromJetStream, watermarkName } from "./consume-from-jetstream.ts"
export { type PublishOptions, publishToJetStream } from "./publish-to-jetstream.ts"
