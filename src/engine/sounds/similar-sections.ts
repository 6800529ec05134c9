import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { SectionPart } from '../../core/labels/section-part.ts'
import { UserError } from '../../core/support/user-error.ts'
import { AUDIBLE_SHARE } from '../../core/tags/audible-share.ts'
import { type HeardTag, heardTags } from '../../core/tags/heard-tags.ts'
import { heardVoice, voiceShare } from '../../core/tags/heard-voice.ts'
import type { ToldTag } from '../../core/tags/tag-precision.ts'
import type { ToldTrackTag } from '../../platform/store/hearing-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { type Hearing, hearingOf, trackTags } from '../analysis/hearing.ts'
import { type TrackOverview, trackOverviewsOf } from '../collection/track-overview.ts'
import type { Workspace } from '../kit/workspace.ts'
import type { Likeness, MixFilter } from './likeness.ts'
import { nearestSounds } from './nearest-sounds.ts'
import { sectionParts } from './section-vectors.ts'
import type { ComparedSounds } from './similar-tracks.ts'
import type { IndexedSound } from './sound-index.ts'

/** A label of a track, or a suggestion where there is no label. */
type LibrarySection = SectionPart & {
  /** Track and beat. The id names whatever section holds that beat, also after the track was read again. */
  readonly id: string
  readonly track: TrackOverview
  readonly startSeconds: number
  readonly endSeconds: number
}

/** A tag whose share was measured, told as the track's is, of which the section is a part. */
type MeasuredTag = HeardTag & ToldTag & { readonly share: number }

export type SectionDetails = LibrarySection & {
  /** Tags heard in the section, the longest first; null until a network has heard the track. */
  readonly tags: readonly MeasuredTag[] | null
  /** Share of its time with a voice, 0 to 1; null where the tags are. */
  readonly voiceShare: number | null
}

export type SimilarSection = Likeness & {
  readonly section: LibrarySection
  /** In standard deviations of the library's sections. */
  readonly distance: number
  /** Share of the other sections, of the kind where one is named, that are further away. */
  readonly score: number
}

export type SimilarSectionOptions = MixFilter & {
  /** Only of this kind. */
  readonly kind?: SectionKind | undefined
  /** @default 20 */
  readonly limit?: number | undefined
}

const ID = /^([1-9]\d{0,8})-(\d{1,6})$/

/** The track that an id of a section names, and a beat of the section; not numbers where it is no id. */
export const placeOfSection = (id: string): { readonly trackId: number; readonly beat: number } => {
  const [, trackId, beat] = ID.exec(id) ?? []
  return { trackId: Number(trackId), beat: Number(beat) }
}

export const holdsBeat = ({ startBeat, endBeat }: SectionPart, beat: number): boolean =>
  startBeat <= beat && beat < endBeat

export const noSection = (id: string): UserError => new UserError('SECTION_NOT_FOUND', `There is no section ${id}.`)

/** Names a section by its middle, so that a boundary that moves a little leaves it under its id. */
export const sectionIdOf = (trackId: number, { startBeat, endBeat }: SectionPart): string =>
  `${trackId}-${Math.floor((startBeat + endBeat) / 2)}`

const sectionOf = (store: Store, track: TrackOverview, part: SectionPart): LibrarySection => {
  const grid = store.grids.current(track.id)!.grid
  return {
    id: sectionIdOf(track.id, part),
    track,
    ...part,
    startSeconds: beatsToSeconds(grid, part.startBeat),
    endSeconds: beatsToSeconds(grid, part.endBeat),
  }
}

/** @throws SECTION_NOT_FOUND */
const requireSection = (store: Store, id: string): LibrarySection => {
  const { trackId, beat } = placeOfSection(id)
  const track = store.tracks.get(trackId)
  const part = track && sectionParts(store, track.id).find((one) => holdsBeat(one, beat))
  if (!part) throw noSection(id)
  return sectionOf(store, trackOverviewsOf(store, [track.id])[0]!, part)
}

/** @throws SECTION_NOT_FOUND */
export const sectionDetails = async (
  workspace: Pick<Workspace, 'store' | 'ears'>,
  id: string,
): Promise<SectionDetails> => {
  const section = requireSection(workspace.store, id)
  const track = workspace.store.tracks.get(section.track.id)!
  const hearing = await hearingOf(workspace, track)
  return { ...section, ...heardInSection(section, hearing, trackTags(workspace.store, track)) }
}

/** What is heard in a section. @param tags of its track */
export const heardInSection = (
  { startSeconds, endSeconds }: Pick<LibrarySection, 'startSeconds' | 'endSeconds'>,
  hearing: Hearing | null,
  tags: readonly ToldTrackTag[] | null,
): Pick<SectionDetails, 'tags' | 'voiceShare'> => {
  if (hearing === null) return { tags: null, voiceShare: null }
  const { heard, card } = hearing
  const stretch = [startSeconds, endSeconds] as const
  const voice = heardVoice(heard, card)
  const ofTrack = new Map(tags?.map((tag) => [tag.tag, tag]))
  return {
    tags: heardTags(heard, card, stretch).flatMap((tag): MeasuredTag[] => {
      if (tag.experimental || !tag.share) return []
      const { expectedPrecision = null, shown = false } = ofTrack.get(tag.tag) ?? {}
      return [{ ...tag, share: tag.share, expectedPrecision, shown: shown && tag.share >= AUDIBLE_SHARE }]
    }),
    voiceShare: voice && voiceShare(voice, stretch),
  }
}

const isSame = (one: SectionPart | null, other: SectionPart): boolean =>
  one?.startBeat === other.startBeat && one.endBeat === other.endBeat && one.kind === other.kind

/** The sections of other tracks that sound most like one. @throws SECTION_NOT_FOUND, ANALYSIS_REQUIRED */
export const similarSections = async (
  { store, index }: ComparedSounds,
  id: string,
  { kind, ...options }: SimilarSectionOptions = {},
): Promise<readonly SimilarSection[]> => {
  const own = requireSection(store, id)
  const measured = await index.measure('sections', (row) => row.trackId === own.track.id && isSame(row.part, own))
  if (measured === null)
    throw new UserError('ANALYSIS_REQUIRED', `Section ${id} can be compared once its track is analysed.`)
  // Parts of one track always sound alike, so only those of others are sought.
  const isOutside = ({ trackId, part }: IndexedSound): boolean =>
    trackId === own.track.id || (kind !== undefined && part!.kind !== kind)
  const except = new Set([...measured.rows.keys()].filter((row) => isOutside(measured.rows[row]!)))
  return nearestSounds(store, own.track, { ...measured, ...options, except }).map(
    ({ sound, track, distance, score, likeness }) => ({
      section: sectionOf(store, track, sound.part!),
      distance,
      score,
      ...likeness,
    }),
  )
}
