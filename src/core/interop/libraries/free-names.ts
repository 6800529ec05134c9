/** Names of files as every system takes them, none twice. */

/** Letters that are not allowed in names of files somewhere. */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}]+/gu
/** Windows has devices of these names, whatever their ending is. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i
/** As many bytes as a name may have anywhere. */
export const LONGEST_NAME_BYTES = 255
/** Less those that are put after a name: of a manifest, or of a backup once it was put back. */
const MOST_BYTES = 220

const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** Cut between letters. */
const shortened = (text: string, most: number): string => {
  if (bytesOf(text) <= most) return text
  let [kept, bytes] = ['', 0]
  for (const letter of text) {
    bytes += bytesOf(letter)
    if (bytes > most) break
    kept += letter
  }
  return kept
}

export const fileNameOf = (name: string): string => {
  const plain = name.replace(FORBIDDEN, ' ').trim() || 'Untitled'
  return shortened(DEVICE.test(plain) ? `_${plain}` : plain, MOST_BYTES)
}

/** Case and how accents are encoded tell no two files apart everywhere. */
const keyOf = (name: string): string => name.normalize('NFC').toLowerCase()

type FreeNames = { readonly taken?: readonly string[]; readonly mostBytes?: number }

/**
 * @param taken names that are given already
 * @returns gives each wanted name, shortened where it is too long, or the same with a number where it is taken
 */
export const freeNames = ({
  taken = [],
  mostBytes = MOST_BYTES,
}: FreeNames = {}): ((stem: string, ending: string) => string) => {
  const used = new Set(taken.map(keyOf))
  return (stem, ending) => {
    const named = (number: string): string =>
      shortened(stem, mostBytes - bytesOf(ending) - number.length).trimEnd() + number + ending
    let name = named('')
    for (let number = 2; used.has(keyOf(name)); number++) name = named(` ${number}`)
    used.add(keyOf(name))
    return name
  }
}
