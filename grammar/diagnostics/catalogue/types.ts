import { entry } from "./entry.ts"

export const types = {
} as const
