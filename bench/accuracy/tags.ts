/**
 * `npm run evaluate -- DIR --tags`: which tags are shown of the tracks of a corpus, and which would be if everything that is heard for a
 * while were; then the same of generated tracks, whose plan tells what is true of them. No track here took part in choosing what is shown.
 */
import { generatedPieces } from '../../recipes/ears/precision/pieces.ts'
import { truthOf } from '../../recipes/ears/precision/tag-truth.ts'
import { AUDIBLE_SHARE } from '../../src/core/tags/audible-share.ts'
import type { HearableAudio } from '../../src/core/tags/mel-windows.ts'
import { toldTags } from '../../src/core/tags/told-tags.ts'
import { decodeFile } from '../../src/platform/decoding/decode-file.ts'
import { openEars } from '../../src/platform/inference/open-ears.ts'
import { SHIPPED_EARS } from '../../src/platform/inference/shipped-ears.ts'
import type { CorpusTrack } from '../corpus/corpus.ts'
import { alignColumns } from './table.ts'

/** Seeds that the recipe of the precision does not use. */
const FIRST_SEED = 15_000
const TRACKS_PER_GENRE = 2
const PLAIN_GROUP = 'signal'

type Told = {
  readonly tag: string
  readonly group: string
  readonly shown: boolean
  readonly expectedPrecision: number | null
  readonly truth: boolean | null
}

const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3))

/** How many of the tags whose truth is known are true. */
const precisionOf = (tags: readonly Told[]): string => {
  const known = tags.filter(({ truth }) => truth !== null)
  const right = known.filter(({ truth }) => truth).length
  return known.length === 0 ? '–' : `${share(right, known.length)} of ${known.length}`
}

const perTag = (tracks: readonly (readonly Told[])[]): readonly (readonly string[])[] => {
  const byTag = Map.groupBy(
    tracks.flat().filter(({ shown }) => shown),
    ({ tag }) => tag,
  )
  return [...byTag]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([tag, told]) => [tag, String(told.length), told[0]!.expectedPrecision!.toFixed(2), precisionOf(told)])
}

const tableOf = (name: string, tracks: readonly (readonly Told[])[]): string => {
  const [heard, shown] = [tracks.flat(), tracks.flat().filter((one) => one.shown)]
  const mean = (tags: readonly Told[]): string => (tags.length / tracks.length).toFixed(1)
  return alignColumns([
    [`${name}: ${tracks.length} tracks`, 'tags', 'expected', 'true, where known'],
    ['heard for a while, a track', mean(heard), '–', precisionOf(heard)],
    [
      'shown, a track',
      mean(shown),
      share(
        shown.reduce((sum, one) => sum + one.expectedPrecision!, 0),
        shown.length,
      ),
      precisionOf(shown),
    ],
    ...perTag(tracks),
  ])
}

export const evaluateTags = async (corpus: readonly CorpusTrack[], note: (text: string) => void): Promise<string> => {
  const ears = await openEars(SHIPPED_EARS, { forced: 'cpu' })
  type TruthOf = (tag: { readonly name: string; readonly group: string }) => boolean | null
  const hear = async (audio: HearableAudio, truth: TruthOf): Promise<readonly Told[]> =>
    toldTags(await ears.hear(audio), ears)
      .filter((tag) => tag.group !== PLAIN_GROUP && (tag.share ?? 0) >= AUDIBLE_SHARE)
      .map((tag) => ({ ...tag, truth: truth({ name: tag.tag, group: tag.group }) }))
  const [recordings, generated]: [(readonly Told[])[], (readonly Told[])[]] = [[], []]
  try {
    for (const { id, audioPath } of corpus) {
      note(`hearing ${id}`)
      recordings.push(await hear((await decodeFile(audioPath)).mono, () => null))
    }
    for (const piece of generatedPieces(TRACKS_PER_GENRE, FIRST_SEED)) {
      note(`hearing ${piece.id}`)
      generated.push(await hear(await piece.audio(), (tag) => truthOf(tag, piece.facts, piece)))
    }
  } finally {
    await ears.close()
  }
  return `${tableOf('corpus', recordings)}\n\n${tableOf('generated', generated)}`
}
