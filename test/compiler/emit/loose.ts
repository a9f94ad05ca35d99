// biome-ignore lint/suspicious/noExplicitAny: JSON whose shape a test asserts and does not know.
export type LooseNode = any
