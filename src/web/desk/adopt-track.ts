import type { TrackDocument } from '../queries/use-track.ts'
import { readContent } from './desk-changes.ts'
import { isSameGrid, openGhosts } from './desk-content.ts'
import { adopt, type DeskStore, gridOf } from './desk-store.ts'
import { ownKind } from './label-edits.ts'

/** What another window, a program or an analysis made of the track meanwhile. */
export const adoptTrack = (desk: DeskStore, track: TrackDocument): void => {
  const content = readContent(track, desk.getState().history.present.rejected)
  const isGridNew = !isSameGrid(content.grid, gridOf(desk.getState()))
  adopt(desk, content, {
    name: isGridNew ? 'grid changed elsewhere' : 'labels changed elsewhere',
    revision: track.labels_revision,
    knownAt: track.askedAt,
  })
}

/** The open suggestions, unless the answer is of another grid than that of the desk. */
export const propose = (desk: DeskStore, { grid, suggestions }: TrackDocument): void => {
  const { history, selectedGhost } = desk.getState()
  if (grid?.version !== history.present.gridVersion) return
  const proposed = suggestions.map(
    ({ id, kind, start_beat, end_beat, confidence, runner_up, imported, scope, own_kind_id }) => ({
      id,
      kind,
      startBeat: start_beat,
      endBeat: end_beat,
      confidence,
      runnerUp: runner_up,
      importedFrom: imported?.program ?? null,
      ...(scope === null ? {} : { scope }),
      ...ownKind(own_kind_id),
    }),
  )
  const ghosts = openGhosts(proposed, history.present)
  const isStillOpen = ghosts.some(({ id }) => id === selectedGhost)
  desk.setState({ proposed, ghosts, selectedGhost: isStillOpen ? selectedGhost : null })
}
