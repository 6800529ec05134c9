import { compatibleKeys } from '../library/compatible-keys.ts'

/** How two keys of the Camelot wheel relate; the first three mix. */
export type KeyRelation = 'same' | 'neighbour' | 'relative' | 'other'

/** @param from e.g. `8A` @returns null where one of them is not a key of the wheel */
export const keyRelation = (from: string, to: string): KeyRelation | null => {
  const others = compatibleKeys(from)
  if (others === null || compatibleKeys(to) === null) return null
  const [same, down, up, relative] = others
  const wanted = to.toUpperCase()
  if (wanted === same) return 'same'
  if (wanted === relative) return 'relative'
  return wanted === down || wanted === up ? 'neighbour' : 'other'
}
