import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { type Metre, metreOf } from '../../core/labels/bar-text.ts'
import { LABEL_FLAW_CODES, type LabelFlawCode } from '../../core/labels/finding-codes.ts'
import { findImbalance, type Imbalance } from '../../core/labels/imbalance.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { StoredLabel } from '../../core/labels/stored-label.ts'
import { type Track, trackTitle } from '../../core/library/track.ts'
import type { LabelFlaw } from '../../core/sections/check-labels.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { countText } from '../../core/units/count-text.ts'
import { currentFeatures, requireGrid } from '../kit/current-grid.ts'
import { URGENT_RANK } from '../kit/job.ts'
import { runConcurrently } from '../kit/run-concurrently.ts'
import type { Workspace } from '../kit/workspace.ts'
import { isDismissed } from './dismissals.ts'
import { doubtedNames } from './doubted-names.ts'

/** Something about a label that whoever made it may want to look at again. */
type QuestionedLabel = Metre & {
  readonly labelId: number
  readonly trackId: number
  readonly trackTitle: string
  readonly kind: SectionKind
  readonly startBeat: number
  readonly endBeat: number
  readonly code: LabelFlawCode
  readonly message: string
  readonly otherLabelId: number | null
}

export type LabelQuality = {
  /** Without what was dismissed. What contradicts other labels first, then names that were brought in and do not fit the sound, what may be two sections, what is short, what lies off the bars. */
  readonly flaws: readonly QuestionedLabel[]
  readonly imbalance: (Imbalance & { readonly message: string }) | null
  readonly tracksChecked: number
  /** Of these, tracks whose sound could not be looked at: their features are out of date or not in the cache. */
  readonly tracksUnheard: number
}

/** Looks at all labels; a track whose labels, grid and features are as they were is not looked at twice. */
export type LabelChecks = () => Promise<LabelQuality>

type Checked = { readonly key: string; readonly isHeard: boolean; readonly flaws: readonly QuestionedLabel[] }

const questioned = (
  track: Track,
  { labels, grid }: { readonly labels: readonly StoredLabel[]; readonly grid: Metre },
  flaw: Pick<QuestionedLabel, 'labelId' | 'code' | 'message'> & Pick<LabelFlaw, 'otherId'>,
): QuestionedLabel => {
  const label = labels.find(({ id }) => id === flaw.labelId)!
  return {
    labelId: label.id,
    trackId: track.id,
    trackTitle: trackTitle(track),
    kind: label.kind,
    startBeat: label.startBeat,
    endBeat: label.endBeat,
    ...metreOf(grid),
    code: flaw.code,
    message: flaw.message,
    otherLabelId: flaw.otherId,
  }
}

export const createLabelChecks = ({ store, pool }: Workspace): LabelChecks => {
  const known = new Map<number, Checked>()
  const checkTrack = async (track: Track): Promise<Checked> => {
    const labels = store.labels.list({ trackId: track.id })
    const analysis = store.analyses.summary(track.id)
    const isCached = analysis !== null && store.features.has(analysis)
    const key = `${store.labels.revision(track.id)} ${analysis?.featureSpecDigest} ${isCached}`
    const before = known.get(track.id)
    if (before?.key === key) return before
    const { grid } = requireGrid(store, track)
    const features = currentFeatures(store, track)
    const found = await pool.run('checkLabels', { grid, labels, features }, { priority: URGENT_RANK })
    const flaws = found.map((flaw) => questioned(track, { labels, grid }, flaw))
    const checked = { key, isHeard: features !== null, flaws }
    known.set(track.id, checked)
    return checked
  }
  /** Cheap, and newer with each training: it is looked at each time. */
  const doubtedOf = (trackId: number, doubted: ReturnType<typeof doubtedNames>): readonly QuestionedLabel[] => {
    const labels = store.labels.list({ trackId })
    return labels.flatMap(({ id, kind, source }) => {
      const doubt = doubted.get(id)
      const track = store.tracks.get(trackId)
      if (doubt?.kind !== kind || source !== 'imported' || track === null) return []
      const message = `Brought in as ${kind}; by your other labels it sounds like ${doubt.likely}.`
      const flaw = { labelId: id, code: 'DOUBTED_NAME' as const, message, otherId: null }
      return [questioned(track, { labels, grid: requireGrid(store, track).grid }, flaw)]
    })
  }
  const dismissed = ({ trackId, code, kind, startBeat, endBeat }: QuestionedLabel): boolean => {
    const { grid } = store.grids.current(trackId)!
    const stretch = {
      startSeconds: beatsToSeconds(grid, startBeat),
      endSeconds: beatsToSeconds(grid, endBeat),
    }
    return isDismissed({ trackId, code, kind, ...stretch }, store.findings.dismissed())
  }
  const checkAll = async (): Promise<LabelQuality> => {
    const trackIds = store.labels.trackIds()
    const found = new Map<number, Checked>()
    const check = async (trackId: number): Promise<void> => {
      // Most are known already, and ask no thread.
      await giveWay()
      // It may be gone by the time it is its turn.
      const track = store.tracks.get(trackId)
      if (track !== null) found.set(trackId, await checkTrack(track))
    }
    await runConcurrently(trackIds, check, { concurrency: pool.size })
    const checked = trackIds.flatMap((trackId) => found.get(trackId) ?? [])
    const doubted = doubtedNames(store)
    const doubts = doubted.size === 0 ? [] : trackIds.flatMap((trackId) => doubtedOf(trackId, doubted))
    const labelCounts = store.labels.counts()
    const imbalance = findImbalance(labelCounts)
    return {
      flaws: [...checked.flatMap(({ flaws }) => flaws), ...doubts]
        .filter((flaw) => !dismissed(flaw))
        .sort((a, b) => LABEL_FLAW_CODES.indexOf(a.code) - LABEL_FLAW_CODES.indexOf(b.code)),
      imbalance: imbalance && {
        ...imbalance,
        message: `${countText(labelCounts[imbalance.most], `${imbalance.most} label`)}, but only ${countText(labelCounts[imbalance.least], `${imbalance.least} label`)}: more ${imbalance.least} labels would help most.`,
      },
      tracksChecked: checked.length,
      tracksUnheard: checked.filter(({ isHeard }) => !isHeard).length,
    }
  }
  let latest: Promise<unknown> = Promise.resolve()
  // One after the other: who asks meanwhile gets what the one before has found out already.
  return () => {
    const asked = latest.then(checkAll, checkAll)
    latest = asked
    return asked
  }
}
