export { type ConsumerReach, consumersReached, type Reached } from "./consumers-reached.ts"
export { type FieldGraph, type FieldNode, fieldGraph } from "./field-graph.ts"
export { type ToldToConsumers, toldToConsumers } from "./told-to-consumers.ts"
