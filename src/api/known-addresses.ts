/** The methods of each address that has any: so that a wrong method can be told from a wrong address. */
export type KnownAddresses = {
  /** @param pattern as routes name it; what stands for any address at all (`*`) makes none known */
  readonly add: (pattern: string, methods: string | readonly string[]) => void
  /** @returns the methods of an address without its query, none for one that is not there */
  readonly methodsOf: (path: string) => readonly string[]
}

const matches = (pattern: readonly string[], parts: readonly string[]): boolean =>
  pattern.length === parts.length && pattern.every((part, at) => part.startsWith(':') || part === parts[at])

export const createKnownAddresses = (): KnownAddresses => {
  const known: { readonly pattern: readonly string[]; readonly methods: readonly string[] }[] = []
  return {
    add: (pattern, methods) => {
      if (!pattern.includes('*')) known.push({ pattern: pattern.split('/'), methods: [methods].flat() })
    },
    methodsOf: (path) => {
      const parts = path.split('/')
      return [...new Set(known.filter((one) => matches(one.pattern, parts)).flatMap(({ methods }) => methods))].sort()
    },
  }
}
