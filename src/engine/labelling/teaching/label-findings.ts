import { BARS_PER_PHRASE } from '../../../core/beats/beat-grid.ts'
import { describeGridEdit, type GridEdit } from '../../../core/beats/grid-edit.ts'
import { placeText } from '../../../core/labels/bar-text.ts'
import { FINDING_CODES } from '../../../core/labels/finding-codes.ts'
import type { SectionKind } from '../../../core/labels/section-kind.ts'
import type { StoredLabel } from '../../../core/labels/stored-label.ts'
import { gridFindings } from '../../../core/sections/grid-findings.ts'
import { giveWay } from '../../../core/support/give-way.ts'
import { digestOf } from '../../../platform/store/digest.ts'
import type { DismissedFinding } from '../../../platform/store/finding-store.ts'
import type { Store } from '../../../platform/store/store.ts'
import { allLabels } from '../../kit/all-labels.ts'
import { shownSections } from '../../reading/track-sections.ts'
import { proposingVersion } from '../../versions/base-model.ts'
import { isDismissed } from '../dismissals.ts'
import { doubtedNames } from '../doubted-names.ts'
import type { LabelChecks, LabelQuality } from '../label-quality.ts'
import { labelsDigest, openLabel, openSuspects, type StoredSuspect } from './check-labels.ts'
import {
  distanceText,
  type Finding,
  type HeardSpan,
  heardSpan,
  listenAround,
  listenTo,
  relabelText,
} from './finding.ts'
import { recordingFindings } from './recording-findings.ts'
import { createTwinSearch } from './twin-recordings.ts'

export type LabelFindings = {
  /** The most telling first. */
  readonly findings: readonly Finding[]
  /** What the models' own look, which takes a while, was based on; null before the first. */
  readonly checkup: {
    readonly madeAt: string
    readonly labels: number
    readonly tracks: number
    /** Whether labels have changed since. */
    readonly isOutdated: boolean
  } | null
  readonly dismissed: number
}

const hear = (store: Store, label: StoredLabel): HeardSpan | null => {
  const track = store.tracks.get(label.trackId)
  const grid = store.grids.current(label.trackId)
  return track === null || grid === null ? null : heardSpan(track, grid.grid, label)
}

const suspectFinding = (store: Store, suspect: StoredSuspect): Finding[] => {
  // While others had their turn, somebody may have changed it.
  const label = openLabel(store, suspect)
  const span = label && hear(store, label)
  if (span === null) return []
  const shared = { ...span, id: `${suspect.code}-${suspect.labelId}`, labelId: suspect.labelId }
  if (suspect.code === 'EDGE_MOVED') {
    const { edge, likelyBeat: to } = suspect
    const from = edge === 'start' ? suspect.startBeat : suspect.endBeat
    return [
      {
        ...shared,
        code: 'EDGE_MOVED',
        message: `By the sound, this ${suspect.kind} ${edge === 'start' ? 'begins' : 'ends'} ${distanceText(span, from, to)}.`,
        mend: { kind: 'move-edge', from, to },
        mendText: `Move the edge to bar ${placeText(span, to)}`,
        listen: listenAround(store.grids.current(span.trackId)!.grid, span, [from, to]),
        beside: [],
      },
    ]
  }
  return [
    {
      ...shared,
      code: 'WRONG_KIND',
      message: `You call this ${suspect.kind}; by your other labels it sounds like ${suspect.likely}.`,
      mend: { kind: 'relabel', to: suspect.likely },
      mendText: relabelText(suspect.likely),
      listen: listenTo(span),
      beside: suspect.beside.flatMap(({ kind, labelIds }) =>
        labelIds.flatMap((id) => {
          const label = store.labels.get(id)
          return label?.kind === kind ? (hear(store, label) ?? []) : []
        }),
      ),
    },
  ]
}

/** A flaw, and what the other label is called that it is about. */
type SeenFlaw = { readonly flaw: LabelQuality['flaws'][number]; readonly otherKind: SectionKind | null }

const flawFinding = (
  store: Store,
  { flaw, otherKind }: SeenFlaw,
  doubted: ReadonlyMap<number, { readonly likely: SectionKind }>,
): Finding[] => {
  // While others had their turn, somebody may have changed either.
  const label = openLabel(store, flaw)
  const span = label && hear(store, label)
  const other = flaw.otherLabelId === null ? null : store.labels.get(flaw.otherLabelId)
  if (!span || (other?.kind ?? null) !== otherKind) return []
  const to = flaw.code === 'DOUBTED_NAME' ? (doubted.get(flaw.labelId)?.likely ?? null) : (other?.kind ?? null)
  const beside = other && hear(store, other)
  return [
    {
      ...span,
      id: `${flaw.code}-${flaw.labelId}`,
      labelId: flaw.labelId,
      code: flaw.code,
      message: flaw.message,
      mend: to && { kind: 'relabel', to },
      mendText: to && relabelText(to),
      listen: listenTo(span),
      beside: beside ? [beside] : [],
    },
  ]
}

/** Short enough for an address and for typing, however many places an edit has. */
const editName = (edit: GridEdit): string =>
  edit.kind === 'phrases'
    ? `phrases-${digestOf(edit.seconds.join(' ')).slice(0, 8)}`
    : describeGridEdit(edit).replaceAll(' ', '-')

/** @param general the version whose sections are proposed */
const gridFindingsOf = (store: Store, trackId: number, general: number | null): Finding[] => {
  const track = store.tracks.get(trackId)
  const grid = store.grids.current(trackId)
  if (track === null || grid === null) return []
  const read = shownSections(store, track, general)?.sections ?? []
  return gridFindings(grid.grid, store.labels.list({ trackId }), read).map(
    ({ code, message, edit, editText, beat }): Finding => {
      const span = heardSpan(track, grid.grid, {
        startBeat: beat,
        endBeat: beat + BARS_PER_PHRASE * grid.grid.beatsPerBar,
        kind: null,
      })
      return {
        ...span,
        id: `${code}-track-${trackId}-${editName(edit)}`,
        code,
        labelId: null,
        message,
        listen: code === 'PHRASE_SHIFTS' ? listenAround(grid.grid, span, [beat, beat]) : listenTo(span),
        mend: { kind: 'grid', edit },
        mendText: editText,
        beside: [],
      }
    },
  )
}

/** Whether it may still be said of the grid in force. */
export const isGridFinding = (store: Store, trackId: number, id: string): boolean =>
  gridFindingsOf(store, trackId, proposingVersion(store)).some((one) => one.id === id)

/** What is found of one after the other; in between others have their turn. */
const findInTurns = async <One>(some: Iterable<One>, find: (one: One) => readonly Finding[]): Promise<Finding[]> => {
  const found: Finding[] = []
  for (const one of some) {
    found.push(...find(one))
    await giveWay()
  }
  return found
}

/** The stretch of time that a finding is about: of an edge, only the edge. */
export const stretchOf = (finding: Finding): DismissedFinding => {
  const { trackId, code, kind, mend } = finding
  const isEnd = mend?.kind === 'move-edge' && mend.from === finding.endBeat
  const at = isEnd ? finding.endSeconds : finding.startSeconds
  return mend?.kind === 'move-edge'
    ? { trackId, code, kind, startSeconds: at, endSeconds: at }
    : { trackId, code, kind, startSeconds: finding.startSeconds, endSeconds: finding.endSeconds }
}

/** All that may be wrong with labels and the grids under them, and that nobody has dismissed. */
export const labelFindings = async (store: Store, quality: LabelChecks): Promise<LabelFindings> => {
  const flaws = (await quality()).flaws.map(
    (flaw): SeenFlaw => ({
      flaw,
      otherKind: flaw.otherLabelId === null ? null : (store.labels.get(flaw.otherLabelId)?.kind ?? null),
    }),
  )
  const doubted = doubtedNames(store)
  const suspects = openSuspects(store)
  const suspected = new Set(suspects.flatMap(({ code, labelId }) => (code === 'WRONG_KIND' ? [labelId] : [])))
  const trackIds = store.labels.trackIds()
  const twinsOf = await createTwinSearch(store, trackIds)
  const general = proposingVersion(store)
  const all = [
    ...(await findInTurns(trackIds, (trackId) => gridFindingsOf(store, trackId, general))),
    ...(await findInTurns(trackIds, (trackId) => recordingFindings(store, trackId, twinsOf(trackId)))),
    ...(await findInTurns(flaws, (seen) =>
      // The newer look tells more.
      seen.flaw.code === 'DOUBTED_NAME' && suspected.has(seen.flaw.labelId) ? [] : flawFinding(store, seen, doubted),
    )),
    ...(await findInTurns(suspects, (suspect) => suspectFinding(store, suspect))),
  ]
  const dismissed = store.findings.dismissed()
  // Kinds and edges stay in the order of their suspicion.
  const rank = ({ code }: Finding): number => FINDING_CODES.indexOf(code === 'EDGE_MOVED' ? 'WRONG_KIND' : code)
  const checkup = store.findings.checkup()
  return {
    findings: all
      .filter((finding) => !isDismissed(stretchOf(finding), dismissed))
      .toSorted((a, b) => rank(a) - rank(b)),
    checkup: checkup && {
      madeAt: checkup.madeAt,
      labels: checkup.labels,
      tracks: checkup.tracks,
      isOutdated: checkup.labelsDigest !== labelsDigest(await allLabels(store)),
    },
    dismissed: dismissed.length,
  }
}
