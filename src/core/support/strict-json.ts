const DEEPEST = 32
/** Names that mean something to objects themselves. */
const FORBIDDEN: readonly string[] = ['__proto__', 'constructor', 'prototype']
/** A string, or what opens, separates or closes; sticky, since the text is known to be JSON. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs

type Level = { readonly names: Set<string> | null; name: string; place: number }

const placeOf = (levels: readonly Level[]): string =>
  levels
    .map(({ names, name, place }) => (names === null ? `[${place}]` : `.${name}`))
    .join('')
    .replace(/^\./, '')
    .slice(0, 200)

/**
 * Parses JSON from a stranger. `JSON.parse` takes the last of two members with one name, and any depth.
 * @throws Error that names the place
 */
export const parseStrictJson = (text: string): unknown => {
  const value: unknown = JSON.parse(text)
  const levels: Level[] = []
  let isName = false
  for (const [token] of text.matchAll(TOKENS)) {
    const level = levels.at(-1)
    if (token === '{' || token === '[') {
      if (levels.length === DEEPEST) throw new Error(`${placeOf(levels)}: deeper than ${DEEPEST} levels`)
      levels.push({ names: token === '{' ? new Set() : null, name: '', place: 0 })
      isName = token === '{'
    } else if (token === '}' || token === ']') {
      levels.pop()
      isName = false
    } else if (token === ',') {
      level!.place++
      isName = level!.names !== null
    } else if (isName && level) {
      level.name = JSON.parse(token) as string
      isName = false
      if (FORBIDDEN.includes(level.name)) throw new Error(`${placeOf(levels)}: no member may have this name`)
      if (level.names!.has(level.name)) throw new Error(`${placeOf(levels)}: is there twice`)
      level.names!.add(level.name)
    }
  }
  return value
}
