import { wholeNumber } from '../../core/interop/libraries/byte-writer.ts'
import { withFreeformAtoms } from '../../core/interop/libraries/serato/mp4-freeform.ts'
import { readAt } from '../decoding/read-bytes.ts'
import { MOST_PARTS, type Part, readPart, refuse, type Segment, type Source } from './file-parts.ts'
import { movedParts } from './mp4-fragments.ts'

const HEAD_BYTES = 8
const MEAN = 'com.serato.dj'

const readAtoms = async ({ file, sniffed }: Source): Promise<Part[]> => {
  const atoms: Part[] = []
  let at = 0
  while (at + HEAD_BYTES <= sniffed.sizeBytes && atoms.length < MOST_PARTS) {
    const head = await readAt(file, at, 16)
    const view = new DataView(head.buffer, head.byteOffset, head.length)
    const short = view.getUint32(0)
    // One stands for a size of eight bytes, none for all that is left.
    const isLong = short === 1 && head.length === 16
    const size = isLong ? Number(view.getBigUint64(8)) : short === 0 ? sniffed.sizeBytes - at : short
    if (size < HEAD_BYTES) throw refuse('The MP4 file is damaged.')
    const end = Math.min(at + size, sniffed.sizeBytes)
    atoms.push({ name: String.fromCharCode(...head.subarray(4, 8)), start: at, end })
    at = end
  }
  return atoms
}

/** Only `moov` changes; where the sound lies after it, its table of places moves along. */
export const mp4Segments = async (source: Source, texts: ReadonlyMap<string, string | null>): Promise<Segment[]> => {
  const atoms = await readAtoms(source)
  const index = atoms.findIndex(({ name }) => name === 'moov')
  const moov = atoms[index]
  if (moov === undefined) throw refuse('The MP4 file has no list of its parts.')
  const sounds = atoms.flatMap(({ name }, number) => (name === 'mdat' ? [number > index] : []))
  if (atoms.slice(0, index).some(({ name }) => name === 'moof' || name === 'sidx'))
    throw refuse('The MP4 file has fragments before its list of parts.')
  if (new Set(sounds).size > 1) throw refuse('The MP4 file has sound before and after its tags.')
  const body = await readPart(source.file, moov.start + HEAD_BYTES, moov.end)
  const changed = withFreeformAtoms(body, MEAN, texts, sounds[0] === true)
  const head = [wholeNumber(changed.length + HEAD_BYTES, 4), new TextEncoder().encode('moov')]
  const rest = await movedParts(source, atoms.slice(index + 1), changed.length - body.length)
  return [{ start: 0, end: moov.start }, ...head, changed, ...rest]
}
