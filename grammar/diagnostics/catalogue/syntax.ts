import { entry } from "./entry.ts"

export const syntax = {
} as const
