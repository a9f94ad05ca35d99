// Assertions (JWT) that prove who asks for a token. Flows in: claims and a private key as PEM. Flows out: the signed text.
import { constants, createSign } from "node:crypto"

export type AssertionAlgorithm = "RS256" | "PS256" | "ES256"

export function signedAssertion(
  claims: object,
  privateKey: string,
  algorithm: AssertionAlgorithm,
  header: object = {},
): string {
  const text = `${part({ typ: "JWT", alg: algorithm, ...header })}.${part(claims)}`
  const sign = createSign("sha256").update(text)
  const key = { key: privateKey, ...options[algorithm] }
  return `${text}.${sign.sign(key, "base64url")}`
}

const options = {
  RS256: { padding: constants.RSA_PKCS1_PADDING },
  PS256: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
  ES256: { dsaEncoding: "ieee-p1363" },
} as const

function part(value: object): string {
  return Buffer.from(JSON.stringify(value), "utf8").toString("base64url")
}
