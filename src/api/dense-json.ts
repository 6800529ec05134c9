/**
 * More than any request means: a list of 100,000 tracks is the longest. To parse values takes far longer than to parse text of
 * the same length, and all others wait for it.
 */
export const MOST_VALUES = 120_000

const codeOf = (letter: string): number => letter.charCodeAt(0)
const BACKSLASH = codeOf('\\')
export const [QUOTE, COMMA] = [codeOf('"'), codeOf(',')]
export const [BRACKET, BRACKET_END] = [codeOf('['), codeOf(']')]
export const [BRACE, BRACE_END] = [codeOf('{'), codeOf('}')]

/** @returns where the text that begins here ends; the end of all where it does not */
export const endOfText = (json: string, start: number): number => {
  for (let at = json.indexOf('"', start + 1); at >= 0; at = json.indexOf('"', at + 1)) {
    let before = at
    while (json.charCodeAt(before - 1) === BACKSLASH) before--
    if ((at - before) % 2 === 0) return at
  }
  return json.length
}

/** Whether JSON has more than `MOST_VALUES` values, told without parsing it. */
export const isDense = (json: string): boolean => {
  // Each value takes a comma or a bracket at least.
  if (json.length <= MOST_VALUES) return false
  let values = 0
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (code === QUOTE) at = endOfText(json, at)
    else if ((code === COMMA || code === BRACKET || code === BRACE) && ++values > MOST_VALUES) return true
  }
  return false
}
