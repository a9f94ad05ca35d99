// The one door of the editor package. Flows out: data files for editors, made from the token table of @fmap/grammar.
export { type TextMateGrammar, textMateGrammar } from "./textmate/text-mate-grammar.ts"
