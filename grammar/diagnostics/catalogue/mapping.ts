import { entry } from "./entry.ts"

export const mapping = {
} as const
