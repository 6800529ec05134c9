import { parseKey, tonicOf } from '../../../core/library/key-notation.ts'

/** @param key e.g. `A# minor` @returns e.g. `B♭ min`; what is no key stays as it is */
export const musicalKeyText = (key: string): string => {
  const camelot = parseKey(key)
  return camelot === null ? key : `${tonicOf(camelot)} ${camelot.endsWith('A') ? 'min' : 'maj'}`
}
