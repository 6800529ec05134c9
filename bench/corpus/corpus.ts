/**
 * Reads a folder in the corpus's format: a JSON file beside each audio file, searched recursively. Every field of truth may be
 * missing; what is missing is `null` and the measures that need it are not scored.
 */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { type CorpusTrack as CorpusDocument, parseCorpusTracks } from '../../src/core/interop/corpus-json.ts'
import { parseJsonText } from '../../src/core/interop/json-text.ts'
import { isSectionKind, type SectionKind } from '../../src/core/labels/section-kind.ts'
import { UserError } from '../../src/core/support/user-error.ts'
import { isFree } from './free-licences.ts'

/** Sources without drops, whose segments begin with singing or with the composer's marks. */
const SONG_SOURCES: ReadonlySet<string> = new Set(['ultrastar-cc', 'freedoom-midi', 'fof-debian'])
const AUDIO_EXTENSIONS = ['.ogg', '.flac', '.mp3', '.wav', '.opus', '.m4a', '.aiff'] as const
/** Below it a grid half a beat off fits the sound better than the claimed beats: the corpus's README asks not to score these. */
const MIN_ZERO_VS_BEST = 0.75

type CorpusSegment = {
  readonly start: number
  readonly end: number
  readonly label: SectionKind | null
  /** False for labels of low confidence, which are for reading only. */
  readonly counts: boolean
  readonly innerBoundaries: readonly number[]
  /** Nobody said what lies inside: a boundary there is neither right nor wrong. */
  readonly isUnknownInside: boolean
}

export type CorpusTrack = {
  readonly id: string
  readonly audioPath: string
  readonly source: string
  readonly artist: string | null
  /** Who made it, and where no artist is named the package that it came in: tracks that share one of these share their sound. */
  readonly makers: readonly string[]
  /** May train what ships: no licence without derivatives or commerce. */
  readonly isFree: boolean
  readonly isSong: boolean
  /** Only some sections are marked, as the climaxes of a game's track are. */
  readonly isPartial: boolean
  readonly tempoBpm: number | null
  readonly hasConstantTempo: boolean
  readonly beatTimes: readonly number[] | null
  readonly downbeatTimes: readonly number[] | null
  /** False where the claimed beats are doubtful: neither tempo nor beats of such a track are scored. */
  readonly beatsCount: boolean
  readonly segments: readonly CorpusSegment[]
}

const present = (times: readonly number[] | null | undefined): readonly number[] | null =>
  times && times.length > 0 ? times : null

const findAudio = (jsonPath: string, file: string | null): string => {
  const stem = jsonPath.slice(0, -'.json'.length)
  const candidates = [
    ...(file ? [join(dirname(jsonPath), file)] : []),
    ...AUDIO_EXTENSIONS.map((extension) => stem + extension),
  ]
  const found = candidates.find((path) => existsSync(path))
  if (!found)
    throw new UserError('AUDIO_NOT_FOUND', `${jsonPath}: no audio file beside it (looked for ${candidates[0]})`)
  return found
}

/** What the labels of other programs have no need of. */
const extrasSchema = z.object({
  partial_sections: z.boolean().nullish(),
  licence: z.string().nullish(),
  origin: z.object({ deb: z.string().nullish(), repo: z.string().nullish() }).nullish(),
  segments: z.array(z.object({ inner_unknown: z.boolean().nullish() })).nullish(),
})
type Extras = z.infer<typeof extrasSchema>

const makersOf = (artist: string | null, { origin }: Extras): readonly string[] => {
  const names = (artist ?? '').split(/[,;&]| feat\. /).map((name) => name.normalize('NFKC').trim().toLowerCase())
  const named = names.filter((name) => name !== '').map((name) => `artist ${name}`)
  const from = origin?.deb ?? origin?.repo ?? null
  return named.length > 0 || from === null ? named : [`package ${from}`]
}

const toTrack = (jsonPath: string, track: CorpusDocument, extras: Extras): CorpusTrack => ({
  id: track.id ?? basename(jsonPath, '.json'),
  audioPath: findAudio(jsonPath, track.file),
  source: track.source ?? 'unknown',
  artist: track.artist || null,
  makers: makersOf(track.artist, extras),
  isPartial: extras.partial_sections ?? false,
  isFree: isFree(extras.licence ?? ''),
  isSong: SONG_SOURCES.has(track.source ?? ''),
  tempoBpm: track.tempoBpm,
  hasConstantTempo: track.hasConstantTempo ?? true,
  beatTimes: present(track.beatTimes),
  downbeatTimes: present(track.downbeatTimes),
  beatsCount: (track.zeroVsBest ?? 1) >= MIN_ZERO_VS_BEST,
  segments: track.segments.map(({ label, confidence, ...edges }, n) => ({
    ...edges,
    label: isSectionKind(label) ? label : null,
    counts: confidence !== 'low',
    isUnknownInside:
      extras.segments?.[n]?.inner_unknown ?? ((extras.partial_sections ?? false) && confidence === 'low'),
  })),
})

const readTrack = async (path: string): Promise<CorpusTrack | null> => {
  try {
    const json = parseJsonText(await readFile(path, 'utf8'))
    return isTrack(json) ? toTrack(path, parseCorpusTracks(json)[0]!, extrasSchema.parse(json)) : null
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'IMPORT_MALFORMED') throw error
    throw new UserError('IMPORT_MALFORMED', `${path}: ${error.message}`, {}, error)
  }
}

const isTrack = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && ['id', 'file', 'segments'].some((field) => field in json)

/** @returns the tracks in order of id; JSON files that are no track (a manifest) are passed over. */
export const readCorpus = async (folder: string): Promise<CorpusTrack[]> => {
  if (!existsSync(folder)) throw new UserError('ROOT_NOT_FOUND', `${folder} does not exist`)
  const names = await readdir(folder, { recursive: true })
  const tracks: CorpusTrack[] = []
  for (const name of names.filter((file) => file.endsWith('.json')).sort()) {
    const track = await readTrack(join(folder, name))
    if (track) tracks.push(track)
  }
  if (tracks.length === 0) throw new UserError('IMPORT_MALFORMED', `${folder} holds no track in the corpus's format`)
  return tracks.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Inner starts of segments, split into those that are scored and those that are neither hit nor miss. */
export const referenceBoundaries = (track: CorpusTrack): { scored: number[]; ignored: number[] } => {
  const scored: number[] = []
  const ignored = track.segments.flatMap((segment) => segment.innerBoundaries)
  for (let n = 1; n < track.segments.length; n++) {
    const [before, after] = [track.segments[n - 1]!, track.segments[n]!]
    const isLowVerse = (segment: CorpusSegment): boolean => segment.label === 'verse' && !segment.counts
    const isSoft = (before.label === 'drop' && isLowVerse(after)) || (isLowVerse(before) && after.label === 'drop')
    if (isSoft) ignored.push(after.start)
    else scored.push(after.start)
  }
  return { scored, ignored: ignored.sort((a, b) => a - b) }
}
