import { afterUndo } from '../../core/interop/libraries/imported-note-claims.ts'
import { planAddedLabels } from '../../core/labels/plan-added-labels.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { trackTitle } from '../../core/library/track.ts'
import { areSameNotes } from '../../core/library/track-notes.ts'
import { acceptedLabel } from '../../core/suggestions/accepted-label.ts'
import { importedRowId } from '../../core/suggestions/suggest-imported.ts'
import type { Suggestion } from '../../core/suggestions/suggestion.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { ImportChange, StoredImport, TakenBack } from '../../platform/store/import-store.ts'
import type { Store } from '../../platform/store/store.ts'
import type { AcceptancePlan } from '../../platform/store/suggestion-store.ts'
import { editGrid } from '../analysis/edit-grid.ts'
import { currentFeatures } from '../kit/current-grid.ts'
import type { Workspace } from '../kit/workspace.ts'
import { decisionOf } from '../labelling/decide-suggestion.ts'
import { readEditable } from '../labelling/edit-labels.ts'
import { listSuggestions } from '../labelling/suggestions.ts'
import { noteClaims } from './note-claims.ts'

export type ImportDetails = StoredImport & {
  readonly kinds: ReturnType<Store['imports']['openKinds']>
}

/** @throws IMPORT_NOT_FOUND */
export const requireImport = (store: Store, id: number): StoredImport => {
  const found = store.imports.get(id)
  if (found === null) throw new UserError('IMPORT_NOT_FOUND', `There is no import ${id}.`)
  return found
}

export const importDetails = (store: Store, id: number): ImportDetails => ({
  ...requireImport(store, id),
  kinds: store.imports.openKinds(id),
})

export type OpenTrack = {
  readonly trackId: number
  readonly title: string
  readonly artist: string | null
  readonly suggestions: number
}

/** Tracks for which an import suggests something that nobody has decided on. @throws IMPORT_NOT_FOUND */
export const openTracks = async (store: Store, id: number): Promise<readonly OpenTrack[]> => {
  requireImport(store, id)
  const open: OpenTrack[] = []
  for (const trackId of store.suggestions.tracksWithOpenImported(id)) {
    await giveWay()
    const track = store.tracks.get(trackId)
    const suggestions = track === null ? 0 : openOf(store, trackId, id).length
    if (suggestions > 0) open.push({ trackId, title: trackTitle(track!), artist: track!.tags.artist, suggestions })
  }
  return open
}

/** What of an import is to be accepted; all of it, where neither is said. */
export type AcceptanceFilter = { readonly kind?: SectionKind | undefined; readonly trackId?: number | undefined }

export type Acceptance = {
  /** Takes it back as one. */
  readonly acceptance: number
  readonly labels: number
  readonly trackIds: readonly number[]
}

/** What an import suggests, also where an earlier one suggested the same. */
const openOf = (store: Store, trackId: number, importId: number): readonly Suggestion[] => {
  const rows = store.imports.rowsOf(importId, trackId)
  return listSuggestions(store, { trackId, minConfidence: 0 }).filter(({ id }) => rows.has(importedRowId(id)!))
}

/** So many tracks are one transaction; after it others have their turn. */
const AT_ONCE = 20

const planOf = (
  store: Store,
  importId: number,
  {
    trackId,
    kind,
    acceptance,
  }: { readonly trackId: number; readonly kind: SectionKind | undefined; readonly acceptance: number },
): (AcceptancePlan & { readonly count: number }) | null => {
  const track = store.tracks.get(trackId)
  if (track === null || store.grids.current(trackId) === null) return null
  const revision = store.suggestions.revision(trackId)
  const accepted = openOf(store, trackId, importId).filter((one) => kind === undefined || one.kind === kind)
  if (accepted.length === 0) return null
  const ground = { ...readEditable(store, track), features: currentFeatures(store, track) }
  const labels = accepted.map((one) => acceptedLabel({ ...one, importedFrom: 'import' }))
  return {
    trackId,
    revision,
    acceptance,
    labels: planAddedLabels(ground, labels).labels,
    decisions: accepted.map((one) => ({ decision: decisionOf(one, 'accepted'), importedId: importedRowId(one.id) })),
    count: accepted.length,
  }
}

/** Makes labels of what an import suggests, as one step that can be taken back. @throws IMPORT_NOT_FOUND */
export const acceptImported = async (
  { store, emit }: Workspace,
  importId: number,
  { kind, trackId }: AcceptanceFilter = {},
): Promise<Acceptance> => {
  requireImport(store, importId)
  const acceptance = store.imports.nextAcceptance()
  const waiting = store.suggestions
    .tracksWithOpenImported(importId)
    .filter((id) => trackId === undefined || id === trackId)
  const trackIds: number[] = []
  let labels = 0
  for (let from = 0; from < waiting.length; from += AT_ONCE) {
    const plans = waiting
      .slice(from, from + AT_ONCE)
      .flatMap((id) => planOf(store, importId, { trackId: id, kind, acceptance }) ?? [])
    for (const [at, after] of store.suggestions.accept(plans).entries())
      if (after !== null) {
        trackIds.push(plans[at]!.trackId)
        labels += plans[at]!.count
      }
    await giveWay()
  }
  if (trackIds.length > 0) emit({ type: 'labels', trackIds })
  emit({ type: 'imports' })
  return { acceptance, labels, trackIds }
}

/** Done for so many tracks at once; between them others have their turn. */
const takeBackInTurns = async (
  trackIds: readonly number[],
  takeBack: (some: readonly number[]) => TakenBack,
): Promise<TakenBack> => {
  const all = { trackIds: [] as number[], labelsRemoved: 0, labelsKept: 0 }
  for (let from = 0; from < trackIds.length; from += AT_ONCE) {
    const taken = takeBack(trackIds.slice(from, from + AT_ONCE))
    all.trackIds.push(...taken.trackIds)
    all.labelsRemoved += taken.labelsRemoved
    all.labelsKept += taken.labelsKept
    await giveWay()
  }
  return all
}

/** Opens again what one acceptance accepted; labels that the person has changed since stay. */
export const takeBackAcceptance = async ({ store, emit }: Workspace, acceptance: number): Promise<TakenBack> => {
  const taken = await takeBackInTurns(store.imports.tracksOfAcceptance(acceptance), (some) =>
    store.imports.takeBack(acceptance, some),
  )
  if (taken.trackIds.length > 0) emit({ type: 'labels', trackIds: taken.trackIds })
  emit({ type: 'imports' })
  return taken
}

export type UndoneImport = Omit<TakenBack, 'trackIds'> & {
  readonly notesRestored: number
  readonly gridsRestored: readonly number[]
  readonly playlistsRemoved: number
  /** As they were before this import. */
  readonly playlistsRestored: number
  /** The person has changed them since: they stay. */
  readonly playlistsKept: number
}

/** Only what is still as the import left it goes back, and that no other import says, too. */
const restoreNotes = (store: Store, id: number, changes: readonly ImportChange[]): readonly number[] => {
  const restored: number[] = []
  // Some may be gone by the time it is their turn.
  const gone = new Set(store.tracks.unknown(changes.map(({ trackId }) => trackId)))
  const present = changes.flatMap(({ trackId }) => (gone.has(trackId) ? [] : [trackId]))
  const claims = Map.groupBy(noteClaims(store, present), ({ trackId }) => trackId)
  store.notes.change(present, (notes) =>
    present.flatMap((trackId) => {
      const all = claims.get(trackId) ?? []
      const own = all.find(({ importId }) => importId === id)
      if (own === undefined) return []
      const now = notes.get(trackId)!
      const others = all.filter((one) => one !== own)
      const put = afterUndo(now, own, others)
      if (areSameNotes(now, put)) return []
      restored.push(trackId)
      return [{ trackId, notes: put }]
    }),
  )
  return restored
}

const restoreGrids = async (
  { store, emit }: Workspace,
  changes: readonly ImportChange[],
): Promise<readonly number[]> => {
  const restored: number[] = []
  for (const { trackId, before, after } of changes) {
    await giveWay()
    const track = store.tracks.get(trackId)
    if (track === null || store.grids.current(trackId)?.version !== JSON.parse(after)) continue
    await editGrid(store, track, { kind: 'restore', to: JSON.parse(before) as number })
    restored.push(trackId)
    emit({ type: 'grid', trackId, version: store.grids.current(trackId)!.version })
  }
  return restored
}

/** Takes back everything that an import brought and nobody has changed since. @throws IMPORT_NOT_FOUND */
export const undoImport = async (workspace: Workspace, id: number): Promise<UndoneImport> => {
  const { store, emit } = workspace
  if (requireImport(store, id).undoneAt !== null)
    throw new UserError('IMPORT_NOT_FOUND', `Import ${id} has been taken back already.`)
  const changes = store.imports.changes(id)
  const gridsRestored = await restoreGrids(
    workspace,
    changes.filter(({ what }) => what === 'grid'),
  )
  const ofNotes = changes.filter(({ what }) => what === 'notes')
  const noted: number[] = []
  for (let from = 0; from < ofNotes.length; from += AT_ONCE) {
    noted.push(...restoreNotes(store, id, ofNotes.slice(from, from + AT_ONCE)))
    await giveWay()
  }
  const { removed, restored, kept } = store.playlists.removeOfImport(id)
  const trackIds = store.imports.tracksOf(id)
  const { trackIds: _, ...taken } = await takeBackInTurns(trackIds, (some) => store.imports.forget(id, some))
  store.imports.endUndo(id)
  if (trackIds.length > 0) emit({ type: 'labels', trackIds })
  if (noted.length > 0) emit({ type: 'notes', trackIds: noted })
  emit({ type: 'imports' })
  const playlists = { playlistsRemoved: removed, playlistsRestored: restored, playlistsKept: kept }
  return { ...taken, notesRestored: noted.length, gridsRestored, ...playlists }
}
