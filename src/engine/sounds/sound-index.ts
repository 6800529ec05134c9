import type { SectionPart } from '../../core/labels/section-part.ts'
import type { Sound, SoundScale } from '../../core/similarity/sound-table.ts'
import { SOUND_WEIGHTS } from '../../core/similarity/sound-weights.ts'
import type { Page, SoundKind, SoundPage } from '../../platform/store/sound-store.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { currentVectorSpecDigest } from '../analysis/track-vectors.ts'
import { fillAllSectionVectors } from './section-vectors.ts'

/** A row of the index: a track, or a section of one. */
export type IndexedSound = { readonly trackId: number; readonly part: SectionPart | null }

export type MeasuredSounds = {
  readonly rows: readonly IndexedSound[]
  /** Distance of each row from the one that was asked about. */
  readonly distances: Float32Array
  /** That row. */
  readonly from: number
}

/** The sounds of the library, laid out in a thread for comparing, and laid out again once the library has changed. */
export type SoundIndex = {
  /** Distances of all tracks, or sections, from the one that `find` picks; null where it picks none. */
  readonly measure: (kind: SoundKind, find: (row: IndexedSound) => boolean) => Promise<MeasuredSounds | null>
  /** What the library's sections are measured by; null where those are too few to tell. */
  readonly scale: () => Promise<SoundScale | null>
}

/** Fewer sections do not tell how much those of a library differ. */
const LEAST_SECTIONS = 10
/** So many tracks take a few milliseconds to load, after which other work gets its turn. */
const AT_ONCE = 500

type Made = { readonly revision: number; readonly rows: readonly IndexedSound[] }

/** @param runner of one thread, which keeps what it is given */
export const createSoundIndex = (store: Store, runner: TaskRunner): SoundIndex => {
  const made = new Map<SoundKind, Made>()
  let measure: { readonly revision: number; readonly scale: SoundScale | null } | null = null
  let last: Promise<unknown> = Promise.resolve()

  const read = (kind: SoundKind, page: Page): SoundPage<Sound & IndexedSound> => {
    if (kind === 'sections') return store.sectionVectors.page(page)
    const packDigest = SOUND_WEIGHTS.embedding > 0 ? store.sounds.commonestPack() : null
    const { sounds, next } = store.sounds.tracks({ specDigest: currentVectorSpecDigest(), packDigest }, page)
    return { sounds: sounds.map((sound) => ({ ...sound, part: null })), next }
  }

  const make = async (kind: SoundKind): Promise<Made> => {
    if (kind === 'sections') await fillAllSectionVectors(store)
    // The revision is taken before anything is loaded, so that a change meanwhile is noticed next time.
    const revision = store.sounds.revision(kind)
    const rows: IndexedSound[] = []
    for (let after: number | null = 0; after !== null; ) {
      const { sounds, next }: SoundPage<Sound & IndexedSound> = read(kind, { after, limit: AT_ONCE })
      const pieces = sounds.map(({ features, embedding }): Sound => ({ features, embedding }))
      await runner.run('keepSounds', { table: kind, first: rows.length, isLast: next === null, sounds: pieces })
      for (const { trackId, part } of sounds) rows.push({ trackId, part })
      after = next
    }
    return { revision, rows }
  }

  const upToDate = async (kind: SoundKind): Promise<Made> => {
    const before = made.get(kind)
    if (before?.revision === store.sounds.revision(kind)) return before
    const now = await make(kind)
    made.set(kind, now)
    return now
  }

  /**
   * Questions go one after the other, so that no table is replaced while it is asked. A new thread has no tables and
   * gets them again.
   */
  const asking = <Answer>(kind: SoundKind, ask: (sounds: Made) => Promise<Answer | null>): Promise<Answer> => {
    const run = async (): Promise<Answer> => {
      const first = await ask(await upToDate(kind))
      if (first !== null) return first
      made.delete(kind)
      const second = await ask(await upToDate(kind))
      if (second === null) throw new Error(`The sounds of ${kind} are not kept`)
      return second
    }
    const answer = last.then(run)
    last = answer.catch(() => {})
    return answer
  }

  return {
    measure: async (kind, find) => {
      const measured = await asking<MeasuredSounds>(kind, async ({ rows }) => {
        const from = rows.findIndex(find)
        const distances = from < 0 ? new Float32Array() : await runner.run('measureSounds', { table: kind, from })
        return distances && { rows, distances, from }
      })
      return measured.from < 0 ? null : measured
    },
    scale: async () => {
      const revision = store.sounds.revision('sections')
      if (measure?.revision === revision) return measure.scale
      const { scale, made: from } = await asking('sections', async (now) => {
        if (now.rows.length < LEAST_SECTIONS) return { scale: null, made: now }
        const found = await runner.run('soundScale', { table: 'sections' })
        return found && { scale: found, made: now }
      })
      measure = { revision: from.revision, scale }
      return scale
    },
  }
}
