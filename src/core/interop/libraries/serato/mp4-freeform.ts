/** Freeform atoms of an MP4 file replaced, within its `moov`; all other atoms kept. ISO 14496-12 and Apple's metadata list. */
import { UserError } from '../../../support/user-error.ts'
import { ByteReader, EndOfBytes } from '../byte-reader.ts'
import { encodeUtf8, joinBytes, wholeNumber } from '../byte-writer.ts'

type Atom = { readonly name: string; readonly body: Uint8Array }

const HEAD_BYTES = 8
const UTF8_TEXT = 1

const readAtoms = (bytes: Uint8Array): Atom[] => {
  const reader = new ByteReader(bytes, 'big')
  const atoms: Atom[] = []
  let at = 0
  while (reader.has(at, HEAD_BYTES)) {
    const size = reader.u32(at)
    if (size < HEAD_BYTES) break
    atoms.push({ name: reader.fourLetters(at + 4), body: reader.slice(at + HEAD_BYTES, size - HEAD_BYTES) })
    at += size
  }
  return atoms
}

const letters = (name: string): Uint8Array => Uint8Array.from(name, (letter) => letter.charCodeAt(0))
const formatAtom = ({ name, body }: Atom): Uint8Array =>
  joinBytes([wholeNumber(HEAD_BYTES + body.length, 4), letters(name), body])
const formatAtoms = (atoms: readonly Atom[]): Uint8Array => joinBytes(atoms.map(formatAtom))

const freeform = (mean: string, name: string, text: string): Atom => ({
  name: '----',
  body: formatAtoms([
    { name: 'mean', body: joinBytes([wholeNumber(0, 4), encodeUtf8(mean)]) },
    { name: 'name', body: joinBytes([wholeNumber(0, 4), encodeUtf8(name)]) },
    { name: 'data', body: joinBytes([wholeNumber(UTF8_TEXT, 4), wholeNumber(0, 4), encodeUtf8(text)]) },
  ]),
})

const textOf = (atoms: readonly Atom[], wanted: string): string =>
  new TextDecoder().decode(atoms.find(({ name }) => name === wanted)?.body.subarray(4))

const isReplaced = ({ name, body }: Atom, mean: string, texts: ReadonlyMap<string, string | null>): boolean => {
  if (name !== '----') return false
  const inner = readAtoms(body)
  return textOf(inner, 'mean') === mean && texts.has(textOf(inner, 'name'))
}

/** Changes the atom of a name, or adds one. */
const within = (atoms: readonly Atom[], wanted: string, change: (body: Uint8Array) => Uint8Array): Atom[] => {
  const index = atoms.findIndex(({ name }) => name === wanted)
  return index < 0
    ? [...atoms, { name: wanted, body: change(new Uint8Array()) }]
    : atoms.with(index, { name: wanted, body: change(atoms[index]!.body) })
}

/** A list of Apple's own: without the handler, players do not see it. */
const HANDLER: Atom = {
  name: 'hdlr',
  body: joinBytes([new Uint8Array(8), encodeUtf8('mdirappl'), new Uint8Array(9)]),
}

/** Four bytes of version come first, but not in files of QuickTime. */
const headBytesOf = (meta: Uint8Array): number =>
  new TextDecoder('latin1').decode(meta.subarray(4, 8)) === 'hdlr' ? 0 : 4

const withList = (meta: Uint8Array, change: (list: Uint8Array) => Uint8Array): Uint8Array => {
  const length = headBytesOf(meta)
  const head = meta.length === 0 ? new Uint8Array(length) : meta.subarray(0, length)
  const atoms = meta.length === 0 ? [HANDLER] : readAtoms(meta.subarray(length))
  return joinBytes([head, formatAtoms(within(atoms, 'ilst', change))])
}

const HOLDERS: ReadonlySet<string> = new Set(['trak', 'mdia', 'minf', 'stbl'])
const MOST_OFFSET = 0xffffffff

/** Where the chunks of sound begin, counted from the beginning of the file: `stco` in four bytes, `co64` in eight. */
const shiftTable = ({ name, body }: Atom, shift: number): Atom => {
  const reader = new ByteReader(body, 'big')
  const width = name === 'stco' ? 4 : 8
  const count = reader.u32(4)
  const shifted = reader.slice(0, 8 + count * width).slice()
  const view = new DataView(shifted.buffer)
  for (let at = 8; at < shifted.length; at += width) {
    const offset = (width === 4 ? reader.u32(at) : reader.i64(at)) + shift
    if (width === 8) view.setBigUint64(at, BigInt(offset))
    else if (offset <= MOST_OFFSET) view.setUint32(at, offset)
    else throw new UserError('TAGS_NOT_WRITABLE', 'The MP4 file is too large for its own table of offsets.')
  }
  return { name, body: joinBytes([shifted, body.subarray(shifted.length)]) }
}

const shiftOffsets = (atoms: readonly Atom[], shift: number): Atom[] =>
  atoms.map((atom) => {
    if (atom.name === 'stco' || atom.name === 'co64') return shiftTable(atom, shift)
    return HOLDERS.has(atom.name) ? { ...atom, body: formatAtoms(shiftOffsets(readAtoms(atom.body), shift)) } : atom
  })

/**
 * @param moov the body of the atom
 * @param texts by the name of their atom, all of one `mean`; null takes one away
 * @param isBeforeSound the sound moves as far as the atom grows
 * @throws UserError TAGS_NOT_WRITABLE for a damaged atom
 */
export const withFreeformAtoms = (
  moov: Uint8Array,
  mean: string,
  texts: ReadonlyMap<string, string | null>,
  isBeforeSound: boolean,
): Uint8Array => {
  try {
    const changed = within(readAtoms(moov), 'udta', (udta) =>
      formatAtoms(
        within(readAtoms(udta), 'meta', (meta) =>
          withList(meta, (list) =>
            formatAtoms([
              ...readAtoms(list).filter((atom) => !isReplaced(atom, mean, texts)),
              ...[...texts].flatMap(([name, text]) => (text === null ? [] : freeform(mean, name, text))),
            ]),
          ),
        ),
      ),
    )
    const grown = formatAtoms(changed).length - moov.length
    return formatAtoms(isBeforeSound ? shiftOffsets(changed, grown) : changed)
  } catch (error) {
    if (!(error instanceof EndOfBytes)) throw error
    throw new UserError('TAGS_NOT_WRITABLE', 'The list of tags of the MP4 file is damaged.', {}, error)
  }
}
