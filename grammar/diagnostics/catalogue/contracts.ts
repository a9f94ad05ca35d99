import { entry } from "./entry.ts"

export const contracts = {
} as const
