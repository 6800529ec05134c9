/**
 * Reads a folder in the corpus's format: a JSON file beside each audio file, searched recursively. Every field of truth may be
 * missing; what is missing is `null` and the measures that need it are not scored.
 */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { isSectionKind, type SectionKind } from '../src/labels/section-kind.ts'
import { UserError } from '../src/support/user-error.ts'

/** Sources without drops, whose segment times are where singing starts. */
const SONG_SOURCES: ReadonlySet<string> = new Set(['ultrastar-cc'])
const AUDIO_EXTENSIONS = ['.ogg', '.flac', '.mp3', '.wav', '.opus', '.m4a', '.aiff'] as const
/** Below it a grid half a beat off fits the sound better than the claimed beats: the corpus's README asks not to score these. */
const MIN_ZERO_VS_BEST = 0.75

const segmentSchema = z.object({
  start: z.number(),
  end: z.number(),
  label: z.string().nullish(),
  confidence: z.string().nullish(),
  inner_boundaries: z.array(z.number()).nullish(),
})

const trackSchema = z.object({
  id: z.string().nullish(),
  file: z.string().nullish(),
  source: z.string().nullish(),
  artist: z.string().nullish(),
  tempo_bpm: z.number().nullish(),
  beat_times: z.array(z.number()).nullish(),
  downbeat_times: z.array(z.number()).nullish(),
  tempo_constant: z.boolean().nullish(),
  segments: z.array(segmentSchema).nullish(),
  beat_check: z.object({ zero_vs_best: z.number().nullish() }).nullish(),
})

export type CorpusSegment = {
  readonly start: number
  readonly end: number
  readonly label: SectionKind | null
  /** False for labels of low confidence, which are for reading only. */
  readonly counts: boolean
  readonly innerBoundaries: readonly number[]
}

export type CorpusTrack = {
  readonly id: string
  readonly audioPath: string
  readonly source: string
  readonly artist: string | null
  readonly isSong: boolean
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

const findAudio = (jsonPath: string, file: string | null | undefined): string => {
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

const parseTrack = (jsonPath: string, json: unknown): CorpusTrack => {
  const parsed = trackSchema.safeParse(json)
  if (!parsed.success) throw new UserError('IMPORT_MALFORMED', `${jsonPath}: ${z.prettifyError(parsed.error)}`)
  const track = parsed.data
  const source = track.source ?? 'unknown'
  return {
    id: track.id ?? basename(jsonPath, '.json'),
    audioPath: findAudio(jsonPath, track.file),
    source,
    artist: track.artist ? track.artist : null,
    isSong: SONG_SOURCES.has(source),
    tempoBpm: track.tempo_bpm ?? null,
    hasConstantTempo: track.tempo_constant ?? true,
    beatTimes: present(track.beat_times),
    downbeatTimes: present(track.downbeat_times),
    beatsCount: (track.beat_check?.zero_vs_best ?? 1) >= MIN_ZERO_VS_BEST,
    segments: (track.segments ?? []).map((segment) => ({
      start: segment.start,
      end: segment.end,
      label: isSectionKind(segment.label) ? segment.label : null,
      counts: segment.confidence !== 'low',
      innerBoundaries: segment.inner_boundaries ?? [],
    })),
  }
}

const parseJson = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UserError('IMPORT_MALFORMED', `${path}: ${(error as Error).message}`, {}, error)
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
    const path = join(folder, name)
    const json = parseJson(path, await readFile(path, 'utf8'))
    if (isTrack(json)) tracks.push(parseTrack(path, json))
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
